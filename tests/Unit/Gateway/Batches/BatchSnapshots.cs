using JobTracker.Batches;
using JobTracker.Jobs;

namespace JobTracker.Tests.Unit.Gateway.Batches;

internal static class BatchSnapshots
{
    public static readonly BatchId Id = BatchId.Parse("batch-01890a5d-ac96-774b-bcce-b302099a8057");
    private static readonly JobId Job = JobId.Parse("job-01890a5d-ac97-774b-bcce-b302099a8057");
    private static readonly DateTimeOffset Made = new(2026, 1, 31, 12, 0, 0, TimeSpan.Zero);

    public static BatchSnapshot Created { get; } = new()
    {
        Id = Id,
        JobId = Job,
        OrganizationId = "org-1",
        Provider = "claude",
        Status = BatchStatus.Pending,
        Phase = BatchPhase.SubmissionUnknown,
        CreatedAt = Made,
        Version = 1,
    };

    public static BatchSnapshot WithEverything { get; } = Created with
    {
        ProviderBatchId = "msgbatch_1",
        Status = BatchStatus.Expired,
        Phase = BatchPhase.PostProcessing,
        RawStatus = "ended",
        Counts = new BatchCounts(10, 1, 2, 3, 4, 5),
        HasPartialResults = true,
        Quarantined = 7,
        Attempts = 2,
        SubmittedAt = Made.AddSeconds(1),
        EndedAt = Made.AddSeconds(2),
        CompletedAt = Made.AddSeconds(3),
        ExpiresAt = Made.AddDays(1),
        CancelRequestedAt = Made.AddSeconds(4),
        NextPollAt = Made.AddSeconds(5),
        LastAttemptAt = Made.AddSeconds(6),
        LastSuccessAt = Made.AddSeconds(7),
        LastPollError = "answered 529",
        ConsecutiveFailures = 8,
        NeedsAttention = true,
        Metadata = """{"a": 1.50}""",
        Errors = [new BatchError("invalid_json_line", "no", 3, "body"), new BatchError(null, null)],
        Version = 9,
        PostProcessingError = "broke",
    };

    public static ItemSnapshot Item { get; } = new()
    {
        CustomId = "a-1",
        Status = ItemStatus.Failed,
        Error = new ItemError { Type = "api_error", Code = "x", Message = "it <broke>", Retryable = true },
        HttpStatus = 500,
        Usage = """{"in": 1}""",
        JobId = Job,
        JobNote = "not_found",
        Attempt = 2,
        CompletedAt = Made,
        Result = """{"custom_id":"a-1","n": 1.0}"""u8.ToArray(),
    };
}
