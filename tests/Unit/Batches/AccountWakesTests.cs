using JobTracker.Batches;
using JobTracker.Grains.Batches;

namespace JobTracker.Tests.Unit.Batches;

public sealed class AccountWakesTests
{
    [Fact]
    public void So_many_are_woken_at_once_so_many_wait_and_none_twice()
    {
        List<(BatchId Id, TaskCompletionSource Done)> woken = [];
        var wakes = new AccountWakes(atOnce: 2, inLine: 3, id =>
        {
            woken.Add((id, new TaskCompletionSource()));
            return woken[^1].Done.Task;
        });
        BatchId[] ids = [.. Enumerable.Range(0, 5).Select(_ => BatchId.New(TimeProvider.System))];

        Assert.Equal([true, true, false, true, false], new[] { ids[0], ids[1], ids[1], ids[2], ids[3] }.Select(wakes.TryWake));
        Assert.Equal([ids[0], ids[1]], woken.Select(wake => wake.Id));
        woken[0].Done.SetResult();
        Assert.Equal(ids[2], woken[^1].Id);
        Assert.Equal(2, wakes.Count);
        woken[1].Done.SetResult();
        woken[2].Done.SetResult();
        Assert.Equal(0, wakes.Count);
        Assert.True(wakes.TryWake(ids[4]));
    }
}
