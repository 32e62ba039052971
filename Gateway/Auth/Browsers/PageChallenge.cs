using JobTracker.Gateway.Problems;

namespace JobTracker.Gateway.Auth.Browsers;

/// <summary>What somebody without a session is answered: the form, from where he comes back; at a socket a 401.</summary>
internal static class PageChallenge
{
    private static readonly object Ended = new();

    private static Problem NoSession { get; } = ProblemMap.OfStatus(StatusCodes.Status401Unauthorized) with { Challenge = null };

    /// <summary>From here on it is told that there was a session.</summary>
    public static void NoteEnded(HttpContext http) => http.Items[Ended] = Ended;

    public static Task AnswerAsync(HttpContext http)
    {
        var request = http.Request;
        if (PagePaths.IsSocket(request.Path))
            return new ProblemResult(NoSession).ExecuteAsync(http);
        var back = Uri.EscapeDataString(request.Path.ToUriComponent() + request.QueryString.ToUriComponent());
        var ended = http.Items.ContainsKey(Ended) ? "error=ended&" : "";
        // A form that was sent is not sent again: the page that it stood on is where he comes back to.
        http.Response.StatusCode = HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method)
            ? StatusCodes.Status302Found
            : StatusCodes.Status303SeeOther;
        http.Response.Headers.Location = $"{PagePaths.Login}?{ended}return={back}";
        return Task.CompletedTask;
    }
}
