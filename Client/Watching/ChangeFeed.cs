using System.Runtime.CompilerServices;
using JobTracker.Callers;
using JobTracker.Client.Retrying;
using JobTracker.Cluster;
using JobTracker.Jobs;

namespace JobTracker.Client.Watching;

/// <summary>
/// The snapshots of a job as they are made: a loop of short calls, each asking for what came after the last version seen. A failure loses
/// the call, never a change.
/// </summary>
internal sealed class ChangeFeed(Func<JobId, IJobGrain> grainOf, Caller caller, Attempts attempts, TimeProvider clock)
{
    /// <summary>How long one call parks at the job: what the service allows.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(5);

    /// <summary>How much longer an answer is waited for: a silo that hangs is given up before its calls time out by themselves.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(1);

    /// <summary>Ends after a terminal snapshot, or when there is no such job (any more).</summary>
    /// <param name="patience">How long failures may go on before the last of them is thrown.</param>
    public async IAsyncEnumerable<JobSnapshot> ReadAsync(
        JobId id, long afterVersion, TimeSpan patience, [EnumeratorCancellation] CancellationToken cancellation)
    {
        while (await NextAsync(id, afterVersion, patience, cancellation) is { } changes)
        {
            foreach (var snapshot in changes.Snapshots)
            {
                yield return snapshot;
                if (snapshot.Status.IsTerminal)
                    yield break;
                afterVersion = snapshot.Version;
            }
        }
    }

    /// <summary>At least one snapshot, or null where there is no such job.</summary>
    private async Task<JobChanges?> NextAsync(JobId id, long afterVersion, TimeSpan patience, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        for (var failures = 0; ;)
        {
            try
            {
                var asked = clock.GetTimestamp();
                var changes = await AskAsync(id, afterVersion, cancellation);
                if (changes is not { Snapshots.IsEmpty: true })
                    return changes;
                began = clock.GetTimestamp();
                failures = clock.GetElapsedTime(asked) < Step / 2 ? failures + 1 : 0;
            }
            catch (Exception e) when (RetryRules.Tells(e, cancellation) != CallFailure.Final && IsPatient(patience, began))
            {
                failures++;
            }

            // A silo that begins to stop sends its callers away early: they come back after a pause, not in a tight loop.
            if (failures > 0)
                await attempts.PauseAsync(failures, cancellation);
        }
    }

    private bool IsPatient(TimeSpan patience, long since) => patience == Timeout.InfiniteTimeSpan || clock.GetElapsedTime(since) < patience;

    private async Task<JobChanges?> AskAsync(JobId id, long afterVersion, CancellationToken cancellation)
    {
        using var call = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        try
        {
            return await grainOf(id).WaitForChangeAsync(caller, afterVersion, Step, call.Token)
                .WaitAsync(Step + Grace, clock, cancellation);
        }
        finally
        {
            // What is no longer waited for need not stay parked.
            await call.CancelAsync();
        }
    }
}
