using System.Collections.Immutable;
using JobTracker.Callers;
using JobTracker.Grains.Jobs.Doors;
using JobTracker.Jobs;
using JobTracker.Operations;

namespace JobTracker.Grains.Operations.Life;

/// <summary>An operation as it is stored: its public view, and where its walk stands. Immutable; what changes it is pure.</summary>
internal sealed record Operation
{
    /// <summary>What is kept of the message of a job that failed.</summary>
    private const int LongestMessage = 500;

    public required OperationSnapshot Snapshot { get; init; }

    /// <summary>The filter; null: the jobs were named.</summary>
    public JobQuery? Filter { get; init; }

    /// <summary>The jobs that were named and are still to come.</summary>
    public ImmutableArray<JobId> Named { get; init; } = [];

    /// <summary>The walk has come to this job; null: it has not begun.</summary>
    public JobId? Cursor { get; init; }

    /// <summary>The jobs of the step that may have begun. They are stored before it is begun.</summary>
    public ImmutableArray<JobId> Step { get; init; } = [];

    /// <summary>Nothing comes behind the step.</summary>
    public bool IsLastStep { get; init; }

    /// <summary>Jobs that are left to their batches; else a cancel is one of the batch.</summary>
    public bool LeavesBatches { get; init; }

    public string? IdempotencyKey { get; init; }
    public required string Fingerprint { get; init; }

    /// <summary>What it does with a batch's job is done with the batch.</summary>
    public bool CancelsBatches => Snapshot.Action == OperationAction.Cancel && !LeavesBatches;

    public Caller Caller => new(Snapshot.OrganizationId, Snapshot.CreatedById);

    /// <summary>The next page of the walk: jobs before this operation, the oldest first.</summary>
    public JobQuery? NextPage(int most) => Filter is null ? null : Filter with
    {
        OrganizationId = Snapshot.OrganizationId,
        After = Cursor ?? new JobId(Guid.Empty),
        Before = new JobId(Snapshot.Id.Value),
        Ascending = true,
        Limit = most,
    };

    /// <summary>What each job of the step is asked.</summary>
    public OperationOnJob OnJob() => new(Snapshot.Id, Snapshot.Action, Caller, Filter?.Statuses ?? []);

    /// <summary>The next step of the jobs that were named.</summary>
    public Operation WithNamedStep(int most, DateTimeOffset now) => Begun(now) with
    {
        Step = Named.Length <= most ? Named : Named[..most],
        Named = Named.Length <= most ? [] : Named[most..],
        IsLastStep = Named.Length <= most,
    };

    /// <summary>The next step of the walk: a page of it.</summary>
    public Operation WithStep(JobPage page, DateTimeOffset now)
    {
        var asked = NextPage(1)!;
        return Begun(now) with
        {
            Step = [.. page.Jobs.Select(job => job.Id)],
            Cursor = page.RestOf(asked)?.After ?? Cursor,
            IsLastStep = page.RestOf(asked) is null,
        };
    }

    /// <summary>The step is done: what came of each of its jobs, in order.</summary>
    /// <param name="wasBegun">It may have been begun before: what is gone of it counts as removed by this operation.</param>
    /// <param name="effects">In the order of the step.</param>
    /// <param name="mostErrors">How many jobs that failed are kept.</param>
    public (Operation Next, IReadOnlyList<OperationError> Errors) After(
        ImmutableArray<OperationEffect> effects, bool wasBegun, int mostErrors)
    {
        var (skipped, errors, done) = (Snapshot.Skipped.ToDictionary(one => one.Reason, one => one.Count, StringComparer.Ordinal),
            new List<OperationError>(), 0L);
        foreach (var (job, effect) in Step.Zip(effects))
        {
            if (effect.Failure is { } failure)
                errors.Add(new OperationError(Snapshot.Failed + errors.Count + 1, job, Cut(failure)));
            else if (effect.Skipped is { } reason && !(wasBegun && IsOwnRemoval(effect)))
                skipped[reason] = skipped.GetValueOrDefault(reason) + 1;
            else
                done++;
        }
        var next = this with
        {
            Step = [],
            Snapshot = Snapshot with
            {
                Matched = Snapshot.Matched + Step.Length,
                Succeeded = Snapshot.Succeeded + done,
                Skipped = [.. skipped.OrderBy(one => one.Key, StringComparer.Ordinal).Select(one => new SkippedJobs(one.Key, one.Value))],
                Failed = Snapshot.Failed + errors.Count,
                LastError = errors is [.., var last] ? last.Message : Snapshot.LastError,
            },
        };
        return (next, errors.TakeWhile(error => error.Place <= mostErrors).ToList());
    }

    public Operation Ended(OperationStatus status, DateTimeOffset now) =>
        this with { Step = [], Named = [], Snapshot = Snapshot with { Status = status, CompletedAt = now } };

    /// <summary>The same as a version of its own, so that it can be stored.</summary>
    public Operation NextVersion() => this with { Snapshot = Snapshot with { Version = Snapshot.Version + 1 } };

    private bool IsOwnRemoval(OperationEffect effect) =>
        Snapshot.Action == OperationAction.Delete && effect == OperationEffect.NotFound;

    private Operation Begun(DateTimeOffset now) => this with
    {
        Snapshot = Snapshot with { Status = OperationStatus.Running, StartedAt = Snapshot.StartedAt ?? now },
    };

    private static string Cut(string text) => text.Length <= LongestMessage ? text : text[..LongestMessage];
}
