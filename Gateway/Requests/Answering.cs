using System.Text.Json;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests.Bodies;

namespace JobTracker.Gateway.Requests;

/// <summary>
/// The way of every request: an endpoint says what it reads and what it sends, and nothing is sent where anything was wrong with the first.
/// </summary>
internal static class Answering
{
    /// <summary>A request whose query and headers say it all.</summary>
    public static Task<IResult> AnswerAsync<T>(this HttpContext http, Func<RequestErrors, T> read, Func<T, Task<IResult>> send) =>
        http.AnswerAsync(BodyNeed.None, (_, errors) => read(errors), send);

    /// <param name="read">The body is undefined where there is none, and gone once the request is answered.</param>
    public static async Task<IResult> AnswerAsync<T>(
        this HttpContext http, BodyNeed need, Func<JsonElement, RequestErrors, T> read, Func<T, Task<IResult>> send)
    {
        using var body = await JsonBody.ReadAsync(http.Request, need, http.RequestAborted);
        if (body.Problem is { } unreadable)
            return new ProblemResult(unreadable);
        var errors = new RequestErrors();
        var asked = read(body.Root, errors);
        return errors.Problem is { } problem ? new ProblemResult(problem) : await send(asked);
    }
}
