using System.Net;
using System.Text.Json;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Providers.Http.Json;

namespace JobTracker.Grains.Batches.Providers.Http;

/// <summary>
/// Calls of one account: relative paths only, a deadline for each kind of call, every failure as a <see cref="ProviderException"/>.
/// </summary>
internal sealed class ProviderHttp(
    string name, string dialect, BatchProviderOptions account, IHttpClientFactory clients, TimeProvider clock)
{
    private const int MaxAnswerBytes = 8 * 1024 * 1024;

    public string Name => name;
    public string Dialect => dialect;
    public BatchProviderOptions Account => account;

    /// <summary>One call with a small JSON answer.</summary>
    /// <param name="streamed">The part of <paramref name="content"/> that is made while it is sent, if there is one.</param>
    public async Task<JsonElement> AskAsync(
        ProviderOperation operation, HttpMethod method, string path, HttpContent? content, StreamedContent? streamed,
        CancellationToken cancellation)
    {
        var pace = operation is ProviderOperation.Create or ProviderOperation.Prepare
            ? Pace(account.CreateTimeout)
            : new TransferPace(account.AnswerTimeout);
        using var deadline = new ProgressDeadline(pace, clock, cancellation);
        if (streamed is not null)
            streamed.Deadline = deadline;
        using var request = new HttpRequestMessage(method, path) { Content = content };
        using var answer = await SendAsync(operation, request, streamed, deadline, cancellation);
        try
        {
            await answer.Content.LoadIntoBufferAsync(MaxAnswerBytes, deadline.Token);
            return JsonElement.Parse(DecodableJson.Of(await answer.Content.ReadAsByteArrayAsync(deadline.Token)).Span);
        }
        catch (JsonException malformed)
        {
            throw new ProviderException(
                ProviderErrors.Unreadable("The answer is not the JSON it should be.", (int)answer.StatusCode, ErrorBody.RequestId(answer)),
                malformed);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            throw new ProviderException(ProviderErrors.FromException(failure, sent: true, deadline.Expired), failure);
        }
    }

    public Task<JsonElement> ReadAsync(string path, CancellationToken cancellation) =>
        AskAsync(ProviderOperation.Read, HttpMethod.Get, path, content: null, streamed: null, cancellation);

    /// <summary>Opens a body to be read as it comes. The result owns the connection.</summary>
    public async Task<ProviderBody> OpenAsync(string path, CancellationToken cancellation)
    {
        var deadline = new ProgressDeadline(Pace(account.ReadIdleTimeout), clock, cancellation);
        HttpResponseMessage? answer = null;
        try
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            answer = await SendAsync(ProviderOperation.Read, request, streamed: null, deadline, cancellation);
            deadline.Pause(bytes: 0);
            return new ProviderBody(answer, await answer.Content.ReadAsStreamAsync(deadline.Token), deadline);
        }
        catch
        {
            answer?.Dispose();
            deadline.Dispose();
            throw;
        }
    }

    private TransferPace Pace(TimeSpan patience) => new(patience, account.LeastBytesPerSecond, account.TransferTimeout);

    private async Task<HttpResponseMessage> SendAsync(
        ProviderOperation operation, HttpRequestMessage request, StreamedContent? streamed, ProgressDeadline deadline,
        CancellationToken cancellation)
    {
        HttpResponseMessage answer;
        try
        {
            answer = await clients.CreateClient(AccountHttp.ClientName(name))
                .SendAsync(request, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
        }
        catch (Exception failure) when (!cancellation.IsCancellationRequested)
        {
            throw new ProviderException(ProviderErrors.FromException(failure, streamed?.Finished ?? true, deadline.Expired), failure);
        }
        if (answer.StatusCode is >= HttpStatusCode.OK and < HttpStatusCode.Ambiguous)
            return answer;

        using (answer)
        {
            throw new ProviderException(await ErrorBody.ReadAsync(operation, answer, clock.GetUtcNow(), deadline.Token));
        }
    }
}
