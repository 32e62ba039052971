using System.Collections.Concurrent;
using JobTracker.Callers;
using JobTracker.Jobs;

namespace JobTracker.Bench.Sweeper;

/// <summary>New jobs at a steady pace, whether or not the ones before are answered.</summary>
internal sealed class CreateLoad(IGrainFactory grains, int perSecond)
{
    private static readonly Caller Caller = new("org-new", "user-bench");

    /// <summary>How long each create took, in milliseconds.</summary>
    public async Task<IReadOnlyCollection<double>> RunAsync(Task until)
    {
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        var took = new ConcurrentBag<double>();
        var running = new List<Task>();
        using var tick = new PeriodicTimer(TimeSpan.FromMilliseconds(5));
        while (!until.IsCompleted)
        {
            await tick.WaitForNextTickAsync();
            while (running.Count < perSecond * clock.GetElapsedTime(start).TotalSeconds)
                running.Add(CreateAsync(took, clock));
        }

        await Task.WhenAll(running);
        return took;
    }

    private async Task CreateAsync(ConcurrentBag<double> took, TimeProvider clock)
    {
        var start = clock.GetTimestamp();
        var outcome = await grains.GetGrain<IJobGrain>(JobId.New(clock).ToString())
            .CreateAsync(Caller, new CreateJob { Metadata = """{"team":"bench"}""" });
        if (outcome is not JobOutcome.Accepted)
            throw new InvalidOperationException($"A create of the benchmark was refused: {outcome}");
        took.Add(clock.GetElapsedTime(start).TotalMilliseconds);
    }
}
