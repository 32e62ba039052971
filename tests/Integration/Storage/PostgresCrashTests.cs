using JobTracker.Grains.Storage;
using JobTracker.Grains.Storage.Jobs.Grouping;
using JobTracker.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>
/// A real server that is killed in the middle of writes, and comes back: what was acknowledged is there, once, and nothing else is.
/// </summary>
public sealed class PostgresCrashTests
{
    private const int Workers = 64;
    private const int Kills = 3;

    /// <summary>
    /// With patience, writes outlive the crash and are asked after; without, their callers hear that they failed or can't be known.
    /// </summary>
    [Theory]
    [InlineData(10_000)]
    [InlineData(200)]
    public async Task No_acknowledged_change_is_lost_and_none_is_applied_twice(int queueMilliseconds)
    {
        CrashServer.SkipWithoutOne();
        var options =
            new StorageOptions { QueueTime = TimeSpan.FromMilliseconds(queueMilliseconds), RetryPause = TimeSpan.FromMilliseconds(20) };
        await using var server = await PostgresServer.StartAsync();
        await using var database = await PostgresJobDatabase.CreateAsync(server, options);
        var outage = new Outage(TimeProvider.System);
        await using var commit = new GroupCommit(
            database.Store, options, new OpenWrites(), outage, TimeProvider.System, NullLogger<GroupCommit>.Instance);
        await using var read = new GroupRead(database.Store, options, outage, TimeProvider.System, NullLogger<GroupRead>.Instance);
        commit.Start();
        read.Start();
        var organization = JobRows.NewOrganization();
        var ledgers = Enumerable.Range(0, Workers).Select(_ => new CrashLedger(commit, read, organization)).ToList();
        using var stop = new CancellationTokenSource();
        var work = ledgers.Select(ledger => ledger.WorkAsync(stop.Token)).ToList();

        for (var kill = 0; kill < Kills; kill++)
        {
            await CrashServer.ProgressAsync(ledgers.Select(ledger => (Func<int>)(() => ledger.Acknowledged)), by: 20, work);
            await server.StopImmediateAsync();
            await server.StartAgainAsync();
        }

        await CrashServer.ProgressAsync(ledgers.Select(ledger => (Func<int>)(() => ledger.Acknowledged)), by: 5, work);
        await stop.CancelAsync();
        await Task.WhenAll(work).Soon();

        foreach (var ledger in ledgers)
            await ledger.VerifyAsync(database);
        Assert.Equal(await database.RecountAsync(organization), await database.CountsAsync(organization));
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{ledgers.Sum(ledger => ledger.Acknowledged)} acknowledged, {ledgers.Sum(ledger => ledger.Refused)} refused, {ledgers.Sum(ledger => ledger.Unknown)} unknown");
    }
}
