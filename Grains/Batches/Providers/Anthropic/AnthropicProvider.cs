using System.Text.Json;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Providers.Http;

namespace JobTracker.Grains.Batches.Providers.Anthropic;

/// <summary>An account at Anthropic.</summary>
internal sealed class AnthropicProvider(ProviderHttp http) : IBatchProvider
{
    private const string Batches = "messages/batches";

    public string Name => http.Name;
    public string Dialect => http.Dialect;
    public BatchLimits Limits { get; } = new(MaxItems: 100_000, MaxBytes: 256 * 1024 * 1024, NeedsEndpoint: false);

    public async Task<SubmitOutcome> SubmitAsync(BatchSubmission submission, CancellationToken cancellation)
    {
        using var body = AnthropicBody.Of(submission, Limits.MaxBytes);
        return await CreateCall.RunAsync(async () =>
        {
            await submission.Posting(null, cancellation);
            return Known(await http.AskAsync(ProviderOperation.Create, HttpMethod.Post, Batches, body, body, cancellation));
        }, body);
    }

    public async Task<ProviderBatch> GetAsync(string providerBatchId, CancellationToken cancellation) =>
        Known(await http.ReadAsync($"{Batches}/{ProviderBatchId.ForPath(providerBatchId)}", cancellation));

    public async Task<ProviderBatch> CancelAsync(string providerBatchId, CancellationToken cancellation)
    {
        var path = $"{Batches}/{ProviderBatchId.ForPath(providerBatchId)}/cancel";
        return Known(await http.AskAsync(ProviderOperation.Cancel, HttpMethod.Post, path, content: null, streamed: null, cancellation));
    }

    public Task<FindOutcome> FindAsync(SubmissionTrace trace, AccountCreates creates, CancellationToken cancellation) =>
        new AnthropicSearch(this).FindAsync(trace, creates, cancellation);

    public Task<IReadOnlyList<SubmissionTrace>> PossibleAsync(
        ProviderBatch batch, AccountCreates creates, CancellationToken cancellation) =>
        new AnthropicSearch(this).PossibleAsync(batch, creates, cancellation);

    public IAsyncEnumerable<ResultLine> ReadResultsAsync(
        ProviderBatch batch, ResultFile file, long after, CancellationToken cancellation) =>
        ResultDownload.ReadAsync(
            http, $"{Batches}/{ProviderBatchId.ForPath(batch.Id)}/results", new ResultCursor(file.Place, after), AnthropicResult.Parse,
            cancellation);

    public MissingItem Missing(ProviderBatch ended) => AnthropicStatus.Missing(ended.End);

    public BatchStatus FinalStatus(ProviderBatch ended, ItemTally items) => AnthropicStatus.Final(items);

    /// <summary>A page of the account's list, newest first.</summary>
    public Task<JsonElement> ReadPageAsync(string? after, CancellationToken cancellation)
    {
        var first = $"{Batches}?limit={BatchList.PageSize}";
        return http.ReadAsync(after is null ? first : $"{first}&after_id={ProviderBatchId.ForPath(after)}", cancellation);
    }

    private static ProviderBatch Known(JsonElement json) =>
        AnthropicBatch.Read(json) ?? throw new ProviderException(ProviderErrors.Unreadable("The answer is not a message batch."));
}
