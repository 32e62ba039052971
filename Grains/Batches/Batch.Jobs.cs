using System.Text.Json.Nodes;
using JobTracker.Batches;
using JobTracker.Jobs;

namespace JobTracker.Grains.Batches;

/// <summary>What the batch's own job is told.</summary>
internal sealed partial record Batch
{
    /// <summary>What stands in the metadata of the batch's job, beside the caller's own.</summary>
    public JsonObject JobMetadata() => new()
    {
        ["batch_id"] = Snapshot.Id.ToString(),
        ["provider"] = Snapshot.Provider,
        ["provider_batch_id"] = Snapshot.ProviderBatchId,
        ["attempt"] = Snapshot.Attempts,
        ["counts"] = new JsonObject
        {
            ["total"] = Snapshot.Counts.Total,
            ["pending"] = Snapshot.Counts.Pending,
            ["completed"] = Snapshot.Counts.Completed,
            ["failed"] = Snapshot.Counts.Failed,
            ["cancelled"] = Snapshot.Counts.Cancelled,
            ["expired"] = Snapshot.Counts.Expired,
        },
        ["has_partial_results"] = Snapshot.HasPartialResults,
        ["quarantined_lines"] = Quarantined,
        ["conflicting_lines"] = Conflicts,
    };

    /// <summary>Why the batch failed as a whole.</summary>
    public JobError? JobError() => Snapshot.Status is not BatchStatus.Failed ? null : Verdict switch
    {
        { Missing.Error: { } error } => new JobError(error.Code ?? error.Type, error.Message),
        _ when Ended?.Faults is [var first, ..] => new JobError(Cut128(first.Code) ?? "batch_failed", first.Message),
        _ => new JobError("no_item_completed", $"{Snapshot.Counts.Failed} of {Snapshot.Counts.Total} items failed, none completed."),
    };

    /// <summary>The job was made under this id; where its own was too old, under a new one.</summary>
    public Batch JobCreated(JobId jobId) => this with { Snapshot = Snapshot with { JobId = jobId }, JobMade = true };

    public Batch WithJobId(JobId jobId) => With(Snapshot with { JobId = jobId });

    public Batch Told(BatchStatus status) => this with { JobTold = status };

    public Batch ItemJobsDone() => this with { ItemJobsTold = true };

    private static string? Cut128(string? code) => code is { Length: > 0 } ? code[..Math.Min(code.Length, 128)] : null;
}
