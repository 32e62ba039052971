using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;
using JobTracker.Organizations;
using JobTracker.Storage;

namespace JobTracker.Grains.Jobs;

/// <summary>
/// Counts from above: the open jobs at the last look at the database, and all that were made since, whether they have ended or not. Only
/// when that reaches the quota does it look again. So an organization far from its quota costs no query, and one at it is counted exactly.
/// </summary>
internal sealed class OpenJobsGrain(IJobStore store, TimeProvider clock) : Grain, IOpenJobsGrain
{
    /// <summary>A gateway that does not tell within this time tells no more.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    private readonly Queue<(DateTimeOffset At, int Count)> _out = [];
    private long? _counted;
    private long _madeSince;
    private int _untold;

    public async Task<int> TakeAsync(int wanted, long most)
    {
        Forget();
        if (_counted is null || Room(most) < wanted)
            await CountAsync();
        var given = (int)Math.Clamp(Room(most), 0, wanted);
        if (given > 0)
            _out.Enqueue((clock.GetUtcNow(), given));
        _untold += given;
        return given;
    }

    public Task TellAsync(int taken, int made)
    {
        _untold = Math.Max(0, _untold - taken);
        _madeSince += made;
        return Task.CompletedTask;
    }

    private long Room(long most) => most - _counted!.Value - _madeSince - _untold;

    private void Forget()
    {
        if (_untold == 0)
            _out.Clear();
        while (_out.TryPeek(out var oldest) && clock.GetUtcNow() - oldest.At > Patience)
            _untold = Math.Max(0, _untold - _out.Dequeue().Count);
    }

    private async Task CountAsync()
    {
        try
        {
            var counts = await store.CountAsync(OrganizationKey.Read(this.GetPrimaryKeyString()), CancellationToken.None);
            _counted = counts.ByStatusAndType.Where(count => !count.Status.IsTerminal).Sum(count => count.Count);
            _madeSince = 0;
        }
        catch (StoreException problem)
        {
            throw new StorageUnavailableException($"The open jobs cannot be counted: {problem.Message}");
        }
    }
}
