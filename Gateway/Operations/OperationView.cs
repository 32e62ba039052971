using System.Collections.Immutable;
using System.ComponentModel.DataAnnotations;
using JobTracker.Gateway.Jobs;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.OpenApi;
using JobTracker.Operations;

namespace JobTracker.Gateway.Operations;

/// <summary>One action on many jobs, as HTTP shows it. Unset fields are null.</summary>
/// <param name="Id">What every path about the operation names.</param>
/// <param name="Status">Where it stands; completed, cancelled and failed are final.</param>
/// <param name="Action">What is done with each job.</param>
/// <param name="Filter">Which jobs, in the words of the list; null: they were named one by one.</param>
/// <param name="JobCount">How many were named; null: there is a filter.</param>
/// <param name="Reason">Why, in the words of who started it.</param>
/// <param name="MaxPerSecond">Jobs a second at most.</param>
/// <param name="SnapshotAt">Jobs created after this moment are left alone.</param>
/// <param name="Matched">Jobs that it has come to so far: as many as succeeded, were skipped and failed.</param>
/// <param name="Succeeded">Jobs with which it did what it does.</param>
/// <param name="Skipped">Jobs that were left as they were, by reason.</param>
/// <param name="Failed">Jobs with which it could not do it; `errors` tells why.</param>
/// <param name="LastError">Why the last of them failed, or the operation itself.</param>
/// <param name="Version">1 at first, and one more with every step: the ETag and the id of an event.</param>
/// <param name="CreatedById">The user who started it.</param>
/// <param name="CreatedAt">When it was asked for.</param>
/// <param name="StartedAt">When its turn came.</param>
/// <param name="CompletedAt">When it ended, whichever way.</param>
internal sealed record OperationView(
    [property: RegularExpression(Ids.OperationPattern)] string Id,
    OperationStatus Status,
    OperationAction Action,
    RawJson? Filter,
    int? JobCount,
    string? Reason,
    int MaxPerSecond,
    DateTimeOffset SnapshotAt,
    long Matched,
    long Succeeded,
    Dictionary<string, long> Skipped,
    long Failed,
    string? LastError,
    long Version,
    string CreatedById,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    DateTimeOffset? CompletedAt)
{
    public static OperationView Of(OperationSnapshot operation) => new(
        operation.Id.ToString(), operation.Status, operation.Action,
        operation.Filter is { } filter ? new RawJson(filter) : null,
        operation.Filter is null ? operation.JobIds : null,
        operation.Reason, operation.MaxPerSecond, operation.Id.CreatedAt, operation.Matched, operation.Succeeded,
        operation.Skipped.ToDictionary(skipped => skipped.Reason, skipped => skipped.Count, StringComparer.Ordinal),
        operation.Failed, operation.LastError, operation.Version, operation.CreatedById, operation.Id.CreatedAt, operation.StartedAt,
        operation.CompletedAt);
}

/// <summary>What an operation would come to.</summary>
/// <param name="Matched">How many jobs match now.</param>
/// <param name="MatchedIsLowerBound">Counting stopped there: at 10,000 jobs, or after 2 seconds.</param>
/// <param name="Sample">The first of them, 20 at most.</param>
internal sealed record OperationPreviewView(long Matched, bool MatchedIsLowerBound, ImmutableArray<JobView> Sample)
{
    public static OperationPreviewView Of(OperationPreview preview) =>
        new(preview.Matched, preview.IsLowerBound, ImmutableArray.CreateRange(preview.Sample, JobView.Of));
}

/// <summary>A job with which an operation could not do what it does.</summary>
/// <param name="JobId">The job.</param>
/// <param name="Message">Why.</param>
internal sealed record OperationErrorView([property: RegularExpression(Ids.JobPattern)] string JobId, string Message);
