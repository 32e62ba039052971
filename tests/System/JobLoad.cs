using System.Collections.Concurrent;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes;

/// <summary>Callers who create jobs and lead them to their end, all at once, and remember what was acknowledged to them.</summary>
internal sealed class JobLoad(JobApi api)
{
    private const int Callers = 32;
    private static readonly string[] Steps = ["pending", "running", "completed"];

    private readonly ConcurrentDictionary<string, SeenJob> _acknowledged = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _underWay = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _stopped;
    private Task _callers = Task.CompletedTask;
    private int _faults;

    /// <summary>The last acknowledged state of each job.</summary>
    public IReadOnlyCollection<SeenJob> Acknowledged => [.. _acknowledged.Values];

    /// <summary>Requests that got no acknowledgement.</summary>
    public int Faults => _faults;

    /// <summary>Returns when the load has <paramref name="jobs"/> jobs and goes on.</summary>
    public Task StartAsync(int jobs)
    {
        _callers = Task.WhenAll(Enumerable.Range(0, Callers).Select(_ => CallAsync(jobs)));
        return _underWay.Task.Soon();
    }

    /// <summary>Lets every caller finish the request that it waits for.</summary>
    public Task StopAsync()
    {
        _stopped = true;
        return _callers.Soon();
    }

    /// <summary>
    /// Every acknowledged job is among the <paramref name="stored"/> ones, as
    /// acknowledged, or a step further where the answer to that step was lost.
    /// </summary>
    public void AssertKeptIn(IEnumerable<SeenJob> stored)
    {
        var byId = stored.ToDictionary(job => job.Id, StringComparer.Ordinal);
        Assert.NotEmpty(_acknowledged);
        foreach (var job in _acknowledged.Values)
        {
            var kept = Assert.Contains(job.Id, (IReadOnlyDictionary<string, SeenJob>)byId);
            var steps = Array.IndexOf(Steps, kept.Status) - Array.IndexOf(Steps, job.Status);
            Assert.True(steps is 0 or 1, $"{job} was acknowledged, {kept} is stored");
            Assert.Equal(job.Version + steps, kept.Version);
        }
    }

    private async Task CallAsync(int jobs)
    {
        while (!_stopped)
        {
            try
            {
                await LeadOneJobAsync();
            }
            catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException or IOException)
            {
                Interlocked.Increment(ref _faults);
            }
            if (_acknowledged.Count >= jobs)
                _underWay.TrySetResult();
        }
    }

    private async Task LeadOneJobAsync()
    {
        var job = await api.CreateAsync();
        _acknowledged[job.Id] = job;
        foreach (var status in Steps.Skip(1))
        {
            if (_stopped)
                return;
            _acknowledged[job.Id] = await api.MoveAsync(job.Id, status);
        }
    }
}
