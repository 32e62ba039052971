using JobTracker.Grains.Jobs;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;

namespace JobTracker.Grains.Sweeper;

/// <summary>
/// Finds jobs that have been kept for long enough by today's configuration, whatever their <c>due_at</c> says: they may have ended under
/// another one. All rows are walked in id order, some at each step, then there is a pause. Ids are time ordered, so the walk ends where no
/// job can be old enough.
/// </summary>
internal sealed class RetentionWalk(IJobStore store, SweeperOptions options, RetentionOptions retention)
{
    private JobId _after;
    private DateTimeOffset _nextAt = DateTimeOffset.MinValue;

    /// <summary>The next few to be purged; often none. The job itself decides.</summary>
    public async Task<IReadOnlyList<JobId>> StepAsync(DateTimeOffset now, CancellationToken cancellation)
    {
        if (retention.Shortest is not { } shortest || now < _nextAt)
            return [];
        var rows = await store.WalkAsync(_after, JobId.FirstAt(now - shortest), options.RetentionStep, cancellation);
        if (rows.Count < options.RetentionStep)
            (_after, _nextAt) = (default, now + options.RetentionPause);
        else
            _after = rows[^1].Id;
        return [.. rows.Where(row => row.CompletedAt + retention.Of(row.Status) <= now).Select(row => row.Id)];
    }
}
