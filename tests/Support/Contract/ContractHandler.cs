namespace JobTracker.Tests.Support.Contract;

/// <summary>
/// Lets no exchange pass that the document does not describe. Streams of events pass unread; whoever reads them checks each event.
/// </summary>
internal sealed class ContractHandler(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var sent = await BodyOfAsync(request, cancellationToken);
        var response = await base.SendAsync(request, cancellationToken);
        var isStream = response.Content.Headers.ContentType?.MediaType == "text/event-stream";
        var isRead = !isStream && response.Content.Headers.ContentEncoding.Count == 0 && request.Method != HttpMethod.Head;
        if (!isStream)
            await response.Content.LoadIntoBufferAsync(cancellationToken);
        var exchange = new Exchange
        {
            Method = request.Method.Method,
            Target = request.RequestUri!.PathAndQuery,
            RequestHeaders = [.. Flat(request.Headers), .. request.Content is { } content ? Flat(content.Headers) : []],
            RequestBody = sent,
            Status = (int)response.StatusCode,
            AnswerHeaders = [.. Flat(response.Headers), .. Flat(response.Content.Headers)],
            AnswerBody = !isRead ? null : await response.Content.ReadAsByteArrayAsync(cancellationToken),
        };
        var faults = ApiContract.Faults(exchange);
        return faults.Count == 0 ? response : throw new ContractException(exchange, faults);
    }

    private static async Task<ReadOnlyMemory<byte>?> BodyOfAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        if (request.Content is not { } content)
            return ReadOnlyMemory<byte>.Empty;
        if (content.Headers.ContentEncoding.Count > 0 || content is StreamContent)
            return null;
        return await content.ReadAsByteArrayAsync(cancellation);
    }

    private static IEnumerable<(string Name, string Value)> Flat(IEnumerable<KeyValuePair<string, IEnumerable<string>>> headers) =>
        headers.SelectMany(header => header.Value.Select(value => (header.Key, value)));
}

/// <summary>An exchange that the document does not describe.</summary>
internal sealed class ContractException(Exchange exchange, IReadOnlyList<string> faults)
    : Exception(
        $"{exchange.Method} {exchange.Target} answered {exchange.Status}; docs/openapi.json does not say so: {string.Join("; ", faults)}");
