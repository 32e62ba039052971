using System.Collections.Immutable;
using JobTracker.Callers;
using JobTracker.Jobs;

namespace JobTracker.Bench.Lifecycle;

/// <summary>Runs whole job lives side by side for a while.</summary>
/// <param name="tags">Of each job; null: whole lives without tags, else creates alone.</param>
internal sealed class JobLoad(IGrainFactory grains, int concurrency, ImmutableArray<string>? tags = null)
{
    private static readonly Caller Caller = new("org-bench", "user-bench");
    private static readonly CreateJob Create = new() { Metadata = """{"source_id":null,"team":"bench","priority":3}""" };

    /// <summary>Lives finished per second.</summary>
    public async Task<double> RunAsync(TimeSpan duration)
    {
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        var finished = 0;
        await Task.WhenAll(Enumerable.Range(0, concurrency).Select(async _ =>
        {
            await Task.Yield();
            while (clock.GetElapsedTime(start) < duration)
            {
                await LiveAsync();
                Interlocked.Increment(ref finished);
            }
        }));
        return finished / clock.GetElapsedTime(start).TotalSeconds;
    }

    private async Task LiveAsync()
    {
        var id = JobId.New(TimeProvider.System);
        Check(await grains.CreateNewJobAsync(id, Caller, tags is null ? Create : Create with { Tags = tags }));
        if (tags is not null)
            return;
        var job = grains.GetGrain<IJobGrain>(id.ToString());
        Check(await job.UpdateAsync(Caller, new UpdateJob { Status = JobStatus.Pending }));
        Check(await job.UpdateAsync(Caller, new UpdateJob { Status = JobStatus.Running }));
        Check(await job.UpdateAsync(Caller, new UpdateJob { Status = JobStatus.Completed }));
    }

    private static void Check(JobOutcome outcome)
    {
        if (outcome is not JobOutcome.Accepted)
            throw new InvalidOperationException($"A benchmark's job was refused: {outcome}");
    }
}
