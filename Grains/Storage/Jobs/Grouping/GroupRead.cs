using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;
using JobTracker.Storage;
using Microsoft.Extensions.Logging;
using PendingRead = JobTracker.Grains.Storage.Jobs.Grouping.PendingWork<JobTracker.Jobs.JobId, JobTracker.Grains.Jobs.Life.Job?>;

namespace JobTracker.Grains.Storage.Jobs.Grouping;

/// <summary>Reads the rows of grains that wake up together in one statement, as <see cref="GroupCommit"/> writes them.</summary>
internal sealed class GroupRead(IJobStore store, StorageOptions options, Outage outage, TimeProvider clock, ILogger<GroupRead> log)
    : IAsyncDisposable
{
    private readonly WorkQueue<JobId, Job?> _queue = new("reads", options, outage, clock);
    private Task _loop = Task.CompletedTask;

    public void Start() => _loop = LoopAsync();

    /// <summary>The job, or null where there is none.</summary>
    /// <exception cref="StorageOverloadedException">Too many wait.</exception>
    /// <exception cref="StorageUnavailableException">The database can't be reached.</exception>
    public Task<Job?> ReadAsync(JobId id) => _queue.Enqueue(id);

    public async ValueTask DisposeAsync()
    {
        _queue.Close();
        await _loop;
    }

    private async Task LoopAsync()
    {
        await Task.Yield();
        var batch = new List<PendingRead>();
        while (await _queue.WaitAsync())
        {
            batch.Clear();
            while (batch.Count < options.RowsPerStatement && _queue.TryTake(out var pending))
                batch.Add(pending);
            if (batch.Count > 0)
                await ReadAsync(batch);
        }
    }

    private async Task ReadAsync(List<PendingRead> batch)
    {
        while (batch.Count > 0)
        {
            try
            {
                var jobs = await store.ReadAsync([.. batch.Select(pending => pending.Work).Distinct()], CancellationToken.None);
                _queue.Worked();
                var byId = jobs.ToDictionary(job => job.Snapshot.Id);
                foreach (var pending in batch)
                    pending.Complete(byId.GetValueOrDefault(pending.Work));
                return;
            }
            catch (StoreException problem)
            {
                log.ReadFailed(problem, batch.Count);
                _queue.Failed();
                await Task.Delay(options.RetryPause, clock);
                _queue.GiveBackLate();
                var unreachable = new StorageUnavailableException($"The database can't be reached: {problem.Message}");
                batch.RemoveAll(pending => _queue.IsLate(pending) && pending.Fail(unreachable));
            }
            catch (Exception problem)
            {
                await IsolateAsync(batch, problem);
                return;
            }
        }
    }

    /// <summary>
    /// Halves the batch until the row that this version can't read stands alone: it fails its own grain, never its neighbours or the loop.
    /// </summary>
    private async Task IsolateAsync(List<PendingRead> batch, Exception problem)
    {
        if (batch.Count == 1)
        {
            log.RowUnreadable(problem, batch[0].Work);
            batch[0].Fail(new InvalidOperationException($"The row of {batch[0].Work} can't be read: {problem.Message}"));
            return;
        }

        var middle = batch.Count / 2;
        await ReadAsync(batch[..middle]);
        await ReadAsync(batch[middle..]);
    }
}
