using JobTracker.Jobs;
using JobTracker.Storage;
using JobTracker.Tests.Integration.Support;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Jobs;

public sealed class ListTurnsTests
{
    private const int Turns = 24;

    /// <summary>More than there are processors, each of which would have one worker alone.</summary>
    [Fact]
    public async Task Slow_lists_hold_up_no_other_until_they_are_as_many_as_the_silo_reads()
    {
        await using var cluster = await JobCluster.OnSqliteAsync(silo => silo.Services.Configure<JobLimits>(limits =>
            (limits.SiloLists, limits.ListWait) = (Turns, TimeSpan.FromMilliseconds(50))));
        var slow = Enumerable.Range(0, Turns - 1).Select(_ => cluster.Store.Hold()).ToList();
        var held = slow.ConvertAll(_ => cluster.Catalog.ListAsync(new("org-slow", "user"), new JobQuery()));
        foreach (var gate in slow)
            await gate.Reached;

        Assert.Empty((await cluster.Catalog.ListAsync(new("org-quick", "user"), new JobQuery())).Jobs);

        var last = cluster.Store.Hold();
        held.Add(cluster.Catalog.ListAsync(new("org-slow", "user"), new JobQuery()));
        await last.Reached;
        await Assert.ThrowsAsync<StorageOverloadedException>(() => cluster.Catalog.CountAsync(new("org-quick", "user"), null));

        cluster.Store.Recover();
        await Task.WhenAll(held);
        Assert.Empty((await cluster.Catalog.CountAsync(new("org-quick", "user"), null)).ByStatusAndType);
    }
}
