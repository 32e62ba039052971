using JobTracker.Batches;
using JobTracker.Grains.Batches.Rules;
using Microsoft.Extensions.Logging;

namespace JobTracker.Grains.Batches;

/// <summary>What batches have to say. Event ids 4000 to 4099. Nothing of a request or a result.</summary>
internal static partial class Log
{
    [LoggerMessage(4000, LogLevel.Information, "{BatchId} is at {Provider} as {ProviderBatchId}")]
    public static partial void AtProvider(this ILogger log, string batchId, string provider, string providerBatchId);

    [LoggerMessage(4001, LogLevel.Warning,
        "The create of {BatchId} at {Provider} lost its answer ({Error}): it is looked for before anything is sent again")]
    public static partial void SubmissionUnknown(this ILogger log, string batchId, string provider, string error);

    [LoggerMessage(4002, LogLevel.Warning, "{Provider} refused {BatchId}: {Error}")]
    public static partial void Refused(this ILogger log, string batchId, string provider, string error);

    [LoggerMessage(4003, LogLevel.Information, "Asking {Provider} about {BatchId} ({Step}) failed: {Error}")]
    public static partial void CallFailed(this ILogger log, string batchId, string provider, BatchStep step, string error);

    [LoggerMessage(4004, LogLevel.Information, "{BatchId} ended at {Provider} ({RawStatus}): its results are read")]
    public static partial void EndedAtProvider(this ILogger log, string batchId, string provider, string rawStatus);

    [LoggerMessage(4005, LogLevel.Warning,
        "Pass {Pass} over the results of {BatchId} left {Pending} items without a line; they are read again")]
    public static partial void ReadAgain(this ILogger log, string batchId, int pass, long pending);

    [LoggerMessage(4006, LogLevel.Warning,
        "The results of {BatchId} hold {Quarantined} lines that name no item and {Conflicts} that contradict an outcome")]
    public static partial void OddLines(this ILogger log, string batchId, long quarantined, long conflicts);

    [LoggerMessage(4007, LogLevel.Information, "{BatchId} is {Status}: {Completed} of {Total} items completed")]
    public static partial void Reconciled(this ILogger log, string batchId, string status, long completed, long total);

    [LoggerMessage(4008, LogLevel.Warning, "Handler {Handler} failed for {BatchId}; it will be called again")]
    public static partial void HandlerFailed(this ILogger log, Exception problem, string batchId, string handler);

    [LoggerMessage(4009, LogLevel.Warning, "Work on {BatchId} stopped at {Step}; it goes on later")]
    public static partial void WorkFailed(this ILogger log, Exception problem, string batchId, BatchStep step);

    [LoggerMessage(4010, LogLevel.Warning, "The job {JobId} of {BatchId} had ended before: {Refusal}")]
    public static partial void JobHadEnded(this ILogger log, string batchId, string jobId, string refusal);

    [LoggerMessage(4011, LogLevel.Information, "{Jobs} linked jobs of {BatchId} were told; {Noted} had ended before or are not there")]
    public static partial void ItemJobsTold(this ILogger log, string batchId, long jobs, long noted);

    [LoggerMessage(4012, LogLevel.Information, "Another activation took over {BatchId}; this one forgets what it knew")]
    public static partial void Overtaken(this ILogger log, string batchId);

    [LoggerMessage(4013, LogLevel.Information, "{BatchId} shows the unknown status '{RawStatus}' at {Provider}; nothing changes by it")]
    public static partial void UnknownStatus(this ILogger log, string batchId, string provider, string rawStatus);

    [LoggerMessage(4014, LogLevel.Information, "The draft {BatchId} was left alone and is discarded")]
    public static partial void DraftDiscarded(this ILogger log, string batchId);

    [LoggerMessage(4015, LogLevel.Error, "The counts of {BatchId} were {Counts}; its items say {Counted}, and that stands now")]
    public static partial void CountsCorrected(this ILogger log, string batchId, BatchCounts counts, BatchCounts counted);

    [LoggerMessage(4030, LogLevel.Error,
        "What the create of {BatchId} made at {Provider} ({ProviderBatchId}) is followed as another batch: it is neither followed twice "
        + "nor sent again")]
    public static partial void FollowedByAnother(this ILogger log, string batchId, string provider, string providerBatchId);

    [LoggerMessage(4031, LogLevel.Information,
        "The lost create of {BatchId} was settled by an adoption: it made {ProviderBatchId} at {Provider}")]
    public static partial void Settled(this ILogger log, string batchId, string provider, string providerBatchId);

    [LoggerMessage(4045, LogLevel.Warning, "The job {JobId} of {BatchId} was not told; it is told again: {Problem}")]
    public static partial void JobNotTold(this ILogger log, string batchId, string jobId, string problem);

    [LoggerMessage(4046, LogLevel.Warning,
        "{Jobs} linked jobs of {BatchId} could not be told (given up: {GivenUp}), such as that of {First}")]
    public static partial void ItemJobsNotTold(this ILogger log, string batchId, long jobs, bool givenUp, string first);

    [LoggerMessage(4050, LogLevel.Information, "{BatchId} was {Status} and kept for as long as Retention:Batches says: it is removed")]
    public static partial void Purged(this ILogger log, string batchId, string status);

    [LoggerMessage(4051, LogLevel.Information, "Nothing is left of {BatchId}")]
    public static partial void Removed(this ILogger log, string batchId);

    [LoggerMessage(4020, LogLevel.Information,
        "The poller found {Due} batches due, {Woken} to wake; {InFlight} are being woken ({Duration})")]
    public static partial void Cycled(this ILogger log, int due, int woken, int inFlight, TimeSpan duration);

    [LoggerMessage(4021, LogLevel.Warning, "The database does not tell which batches are due")]
    public static partial void CycleFailed(this ILogger log, Exception problem);

    [LoggerMessage(4022, LogLevel.Warning, "{BatchId} could not be woken; it stays due")]
    public static partial void WakeFailed(this ILogger log, Exception problem, string batchId);

    [LoggerMessage(4023, LogLevel.Information, "The poller could not be nudged")]
    public static partial void NudgeFailed(this ILogger log, Exception problem);

    [LoggerMessage(4024, LogLevel.Information, "The poller's own state could not be stored")]
    public static partial void PollerStateFailed(this ILogger log, Exception problem);
}
