using System.Collections.Immutable;
using System.Diagnostics;
using JobTracker.Callers;
using JobTracker.Jobs;

namespace JobTracker.Bench.Lifecycle;

/// <summary>Runs whole job lives side by side for a while.</summary>
/// <param name="tags">Of each job; null: whole lives without tags, else creates alone.</param>
internal sealed class JobLoad(IGrainFactory grains, int concurrency, ImmutableArray<string>? tags = null)
{
    /// <summary>Of the spans that stand for a gateway's requests.</summary>
    public static readonly ActivitySource Requests = new("JobTracker.Bench");

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
        await DoAsync(() => grains.CreateNewJobAsync(id, Caller, tags is null ? Create : Create with { Tags = tags }));
        if (tags is not null)
            return;
        var job = grains.GetGrain<IJobGrain>(id.ToString());
        foreach (var status in (JobStatus[])[JobStatus.Pending, JobStatus.Running, JobStatus.Completed])
            await DoAsync(() => job.UpdateAsync(Caller, new UpdateJob { Status = status }));
    }

    /// <summary>As within a request, which begins a trace where anybody listens.</summary>
    private static async Task DoAsync(Func<Task<JobOutcome>> call)
    {
        using var request = Requests.StartActivity("request", ActivityKind.Server);
        var outcome = await call();
        if (outcome is not JobOutcome.Accepted)
            throw new InvalidOperationException($"A benchmark's job was refused: {outcome}");
    }
}
