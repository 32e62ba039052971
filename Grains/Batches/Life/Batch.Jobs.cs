using System.Text.Json.Nodes;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Jobs;

namespace JobTracker.Grains.Batches.Life;

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
        ["conflicting_lines"] = Attempt.Conflicts,
    };

    /// <summary>Why the batch failed: its first reason, which a job has room for.</summary>
    public JobError? JobError() => Snapshot.Status is BatchStatus.Failed && ReasonsOfFailure() is [var first, ..]
        ? new JobError(first.Code ?? Attempt.Verdict?.Missing.Error?.Type ?? "batch_failed", first.Message)
        : null;

    /// <summary>The job was made under this id; where its own was too old, under a new one.</summary>
    public Batch JobCreated(JobId jobId) => WithJobId(jobId).With(Attempt with { JobMade = true });

    public Batch WithJobId(JobId jobId) => With(Snapshot with { JobId = jobId });

    public Batch Told(BatchStatus status) =>
        With(Attempt with { JobTold = status, JobRefusals = 0, TellJobAt = null, JobProblem = null }).ShowingProblems();

    /// <summary>The job did not take the report: it is told again, later and later, and a human may look meanwhile.</summary>
    public Batch JobRefused(string why, Moment moment)
    {
        var refusals = Attempt.JobRefusals + 1;
        var again = moment.Now + LaterAndLater(refusals, moment);
        return With(
            Snapshot with
            {
                NeedsAttention = Snapshot.NeedsAttention || refusals >= FailuresThatNeedAttention,
                NextPollAt = Snapshot.Status.IsTerminal ? again : Snapshot.NextPollAt,
            },
            Attempt with { JobRefusals = refusals, TellJobAt = again, JobProblem = ProviderText.Clean(why, MaxProblem) }).ShowingProblems();
    }

    /// <summary>Some linked jobs could not be told. What else there is to do goes on, and they are told again, later and later.</summary>
    public Batch ItemJobsLeft(string why, Moment moment) => With(Attempt with
    {
        ItemJobRounds = Attempt.ItemJobRounds + 1,
        TellItemJobsAt = moment.Now + LaterAndLater(Attempt.ItemJobRounds + 1, moment),
        ItemJobsProblem = ProviderText.Clean(why, MaxProblem),
    }).ShowingProblems();

    /// <param name="problem">Of those that were given up.</param>
    public Batch ItemJobsDone(string? problem = null) =>
        With(Attempt with { ItemJobsTold = true, TellItemJobsAt = null, ItemJobsProblem = ProviderText.Clean(problem, MaxProblem) })
            .ShowingProblems();

    /// <summary>A handler that is failing now goes before what jobs did not take.</summary>
    private Batch ShowingProblems() =>
        Attempt.HandlerFailures > 0 ? this : With(Snapshot with { PostProcessingError = Attempt.JobProblem ?? Attempt.ItemJobsProblem });
}
