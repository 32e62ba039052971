using JobTracker.Callers;
using JobTracker.Jobs;

namespace JobTracker.Bench.Callbacks;

/// <summary>Running jobs with a callback, and their ends.</summary>
internal sealed class EndingJobs(IGrainFactory grains)
{
    private static readonly Caller Caller = new("org-bench", "user-bench");
    private static readonly UpdateJob Complete = new() { Status = JobStatus.Completed };

    /// <summary>The <c>webhook-id</c> of a job that completes.</summary>
    public static string CallbackOf(JobId id) => $"msg_{id}_completed";

    /// <summary>New running jobs that tell this receiver.</summary>
    public async Task<JobId[]> CreateAsync(int count, string url)
    {
        var command = new CreateJob
        {
            Status = JobStatus.Running,
            CallbackUrl = url,
            Metadata = """{"source_id":null,"team":"bench","priority":3}"""
        };
        var ids = Enumerable.Range(0, count).Select(_ => JobId.New(TimeProvider.System)).ToArray();
        await Parallel.ForEachAsync(
            ids, new ParallelOptions { MaxDegreeOfParallelism = 128 }, async (id, _) => Check(await Job(id).CreateAsync(Caller, command)));
        return ids;
    }

    public async Task CompleteAsync(JobId id) => Check(await Job(id).UpdateAsync(Caller, Complete));

    /// <summary>As many at a time as given.</summary>
    public Task CompleteAllAsync(IEnumerable<JobId> ids, int concurrency) => Parallel.ForEachAsync(
        ids, new ParallelOptions { MaxDegreeOfParallelism = concurrency }, async (id, _) => await CompleteAsync(id));

    /// <summary>At a steady rate, whether or not the service keeps up. When each was asked for, by its <c>webhook-id</c>.</summary>
    public async Task<Dictionary<string, long>> CompletePacedAsync(IReadOnlyList<JobId> ids, int perSecond)
    {
        var clock = TimeProvider.System;
        var asked = new Dictionary<string, long>(ids.Count, StringComparer.Ordinal);
        var under = new List<Task>(ids.Count);
        var start = clock.GetTimestamp();
        while (under.Count < ids.Count)
        {
            var due = Math.Min(ids.Count, (int)(clock.GetElapsedTime(start).TotalSeconds * perSecond));
            while (under.Count < due)
            {
                var id = ids[under.Count];
                asked.Add(CallbackOf(id), clock.GetTimestamp());
                under.Add(CompleteAsync(id));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), clock);
        }

        await Task.WhenAll(under);
        return asked;
    }

    private IJobGrain Job(JobId id) => grains.GetGrain<IJobGrain>(id.ToString());

    private static void Check(JobOutcome outcome)
    {
        if (outcome is not JobOutcome.Accepted)
            throw new InvalidOperationException($"A benchmark's job was refused: {outcome}");
    }
}
