using System.Text.Json;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Providers.Http;
using JobTracker.Grains.Batches.Providers.Http.Json;

namespace JobTracker.Grains.Batches.Providers.OpenAI;

/// <summary>An account at OpenAI or at an endpoint that speaks its Batch API.</summary>
internal sealed class OpenAIProvider(ProviderHttp http) : IBatchProvider
{
    public string Name => http.Name;
    public string Dialect => http.Dialect;
    public BatchLimits Limits { get; } = new(MaxItems: 50_000, MaxBytes: 200 * 1024 * 1024, NeedsEndpoint: true);

    /// <summary>
    /// An upload creates no batch and may be made again; the file of a create that came to nothing stays behind at the provider.
    /// </summary>
    public async Task<SubmitOutcome> SubmitAsync(BatchSubmission submission, CancellationToken cancellation)
    {
        var endpoint = submission.Endpoint ?? throw new ArgumentException("This dialect needs an endpoint.", nameof(submission));
        using var lines = OpenAIBody.Lines(submission, endpoint, Limits.MaxBytes);
        return await CreateCall.RunAsync(async () =>
        {
            var input = submission.InputId ?? await UploadAsync(lines, submission, cancellation);
            await submission.Posting(input, cancellation);
            return await CreateAsync(input, endpoint, submission, cancellation);
        }, lines);
    }

    public async Task<ProviderBatch> GetAsync(string providerBatchId, CancellationToken cancellation) =>
        Known(await http.ReadAsync(Path($"batches/{ProviderBatchId.ForPath(providerBatchId)}"), cancellation));

    public async Task<ProviderBatch> CancelAsync(string providerBatchId, CancellationToken cancellation)
    {
        var path = Path($"batches/{ProviderBatchId.ForPath(providerBatchId)}/cancel");
        return Known(await http.AskAsync(ProviderOperation.Cancel, HttpMethod.Post, path, content: null, streamed: null, cancellation));
    }

    public Task<FindOutcome> FindAsync(SubmissionTrace trace, AccountCreates creates, CancellationToken cancellation) =>
        new OpenAISearch(this).FindAsync(trace, creates, cancellation);

    public Task<IReadOnlyList<SubmissionTrace>> PossibleAsync(
        ProviderBatch batch, AccountCreates creates, CancellationToken cancellation) =>
        OpenAISearch.PossibleAsync(batch, creates, cancellation);

    public IAsyncEnumerable<ResultLine> ReadResultsAsync(
        ProviderBatch batch, ResultFile file, long after, CancellationToken cancellation) =>
        ResultDownload.ReadAsync(
            http, Path($"files/{ProviderBatchId.ForPath(file.Id)}/content"), new ResultCursor(file.Place, after), OpenAIResult.Parse,
            cancellation);

    public MissingItem Missing(ProviderBatch ended) => OpenAIStatus.Missing(ended.End, ended.Faults is [var first, ..] ? first : null);

    public BatchStatus FinalStatus(ProviderBatch ended, ItemTally items) => OpenAIStatus.Final(ended.End, items);

    /// <summary>A page of the account's list, newest first.</summary>
    public Task<JsonElement> ReadPageAsync(string? after, CancellationToken cancellation)
    {
        var limit = $"limit={BatchList.PageSize}";
        return http.ReadAsync(Path("batches", after is null ? limit : $"{limit}&after={ProviderBatchId.ForPath(after)}"), cancellation);
    }

    private async Task<string> UploadAsync(StreamedContent lines, BatchSubmission submission, CancellationToken cancellation)
    {
        using var upload = OpenAIBody.Upload(lines, submission.SubmissionId);
        try
        {
            var file = await http.AskAsync(ProviderOperation.Prepare, HttpMethod.Post, Path("files"), upload, lines, cancellation);
            return file.Text("id") is { } id && ProviderBatchId.IsPlain(id)
                ? id
                : throw new ProviderException(ProviderErrors.Unreadable("The answer is not a file."));
        }
        catch (ProviderException failed)
        {
            throw new ProviderException(failed.Error with { MayHaveActed = false }, failed);
        }
    }

    private async Task<ProviderBatch> CreateAsync(
        string fileId, string endpoint, BatchSubmission submission, CancellationToken cancellation)
    {
        using var body = OpenAIBody.Create(fileId, endpoint, submission.SubmissionId);
        return Known(await http.AskAsync(ProviderOperation.Create, HttpMethod.Post, Path("batches"), body, body, cancellation));
    }

    /// <summary>Compatible endpoints may ask for a version as a query parameter.</summary>
    private string Path(string path, string? query = null)
    {
        var version = http.Account.ApiVersion is { } asked ? $"api-version={Uri.EscapeDataString(asked)}" : null;
        string[] parts = [.. new[] { query, version }.OfType<string>()];
        return parts.Length == 0 ? path : $"{path}?{string.Join('&', parts)}";
    }

    private static ProviderBatch Known(JsonElement json) =>
        OpenAIBatch.Read(json) ?? throw new ProviderException(ProviderErrors.Unreadable("The answer is not a batch."));
}
