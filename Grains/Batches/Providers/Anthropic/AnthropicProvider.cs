using System.Text.Json;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers.Http;

namespace JobTracker.Grains.Batches.Providers.Anthropic;

/// <summary>An account at Anthropic.</summary>
internal sealed class AnthropicProvider(ProviderHttp http, TimeProvider clock) : IBatchProvider
{
    private const string Batches = "messages/batches";

    public string Name => http.Name;
    public string Dialect => http.Dialect;
    public BatchLimits Limits { get; } = new(MaxItems: 100_000, MaxBytes: 256 * 1024 * 1024, NeedsEndpoint: false);

    public async Task<SubmitOutcome> SubmitAsync(BatchSubmission submission, CancellationToken cancellation)
    {
        using var body = AnthropicBody.Of(submission, Limits.MaxBytes);
        return await CreateCall.RunAsync(
            async () => Known(await http.AskAsync(ProviderOperation.Create, HttpMethod.Post, Batches, body, body, cancellation)), body);
    }

    public async Task<ProviderBatch> GetAsync(string providerBatchId, CancellationToken cancellation) =>
        Known(await http.ReadAsync($"{Batches}/{ProviderBatchId.ForPath(providerBatchId)}", cancellation));

    public async Task<ProviderBatch> CancelAsync(string providerBatchId, CancellationToken cancellation)
    {
        var path = $"{Batches}/{ProviderBatchId.ForPath(providerBatchId)}/cancel";
        return Known(await http.AskAsync(ProviderOperation.Cancel, HttpMethod.Post, path, content: null, streamed: null, cancellation));
    }

    public Task<FindOutcome> FindAsync(SubmissionTrace trace, CancellationToken cancellation) =>
        new AnthropicSearch(this, clock).FindAsync(trace, cancellation);

    public IAsyncEnumerable<ResultLine> ReadResultsAsync(ProviderBatch batch, ResultFile file, long after, CancellationToken cancellation) =>
        ResultDownload.ReadAsync(http, $"{Batches}/{ProviderBatchId.ForPath(batch.Id)}/results", new ResultCursor(file.Place, after), AnthropicResult.Parse, cancellation);

    public MissingItem Missing(ProviderBatch ended) => AnthropicStatus.Missing(ended.End);

    public BatchStatus FinalStatus(ProviderBatch ended, ItemTally items) => AnthropicStatus.Final(items);

    /// <summary>A page of the account's batches, newest first, and the id to go on after; null at the end.</summary>
    public async Task<(IReadOnlyList<ProviderBatch> Batches, string? Next)> ListAsync(string? after, CancellationToken cancellation)
    {
        var page = await http.ReadAsync(after is null ? $"{Batches}?limit=100" : $"{Batches}?limit=100&after_id={ProviderBatchId.ForPath(after)}", cancellation);
        ProviderBatch[] batches = [.. page.Elements("data").Select(Known)];
        return (batches, page.Flag("has_more") && batches.Length > 0 ? batches[^1].Id : null);
    }

    private static ProviderBatch Known(JsonElement json) =>
        AnthropicBatch.Read(json) ?? throw new ProviderException(ProviderErrors.Unreadable("The answer is not a message batch."));
}
