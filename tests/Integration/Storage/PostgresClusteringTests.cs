using JobTracker.Silo.Clustering;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Orleans.Configuration;
using Orleans.Runtime.MembershipService;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>What Orleans' membership table must do with our SQL.</summary>
public sealed class PostgresClusteringTests(PostgresOrleansDatabase database) : IClassFixture<PostgresOrleansDatabase>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Two_silos_see_each_other_and_a_client_finds_them_until_one_leaves()
    {
        var first = database.Silo;
        await using var second = await TestSilo.StartAsync(silo => silo.UsePostgres(database.Database));
        await SeesActiveAsync(first, first.Address, second.Address);
        await SeesActiveAsync(second, first.Address, second.Address);
        Assert.Equal([first.Address, second.Address], (await HostsThatAClientSeesAsync()).Order());

        await second.LeaveAsync();

        await SeesActiveAsync(first, first.Address);
        Assert.Equal([first.Address], await HostsThatAClientSeesAsync());
        var table = first.Services.GetRequiredService<IMembershipTable>();
        Assert.Equal(SiloStatus.Dead, (await table.ReadRowAsync(second.Address, Cancellation)).Members.Single().Item1.Status);
        await table.CleanupDefunctSiloEntriesAsync(TimeProvider.System.GetUtcNow().AddHours(-1), Cancellation);
        Assert.Equal(2, (await table.ReadAllAsync(Cancellation)).Members.Count);
        await table.CleanupDefunctSiloEntriesAsync(TimeProvider.System.GetUtcNow().AddHours(1), Cancellation);
        Assert.Equal([first.Address], (await table.ReadAllAsync(Cancellation)).Members.Select(member => member.Item1.SiloAddress));
    }

    [Fact]
    public async Task Of_silos_that_join_from_the_same_version_exactly_one_succeeds()
    {
        var table = await NewTableAsync("joining");
        var seen = (await table.ReadAllAsync(Cancellation)).Version;

        var outcomes = await Task.WhenAll(
            Enumerable.Range(1, 8).Select(port => table.InsertRowAsync(Entry(port), seen.Next(), Cancellation)));

        var after = await table.ReadAllAsync(Cancellation);
        Assert.Single(outcomes, joined => joined);
        Assert.Equal(seen.Version + 1, after.Version.Version);
        Assert.Equal(Array.IndexOf(outcomes, true) + 1, after.Members.Single().Item1.SiloAddress.Endpoint.Port);
    }

    [Fact]
    public async Task A_silo_cannot_join_twice_and_the_refusal_leaves_the_version_alone()
    {
        var table = await NewTableAsync("twice");
        await table.InsertRowAsync(Entry(1), (await table.ReadAllAsync(Cancellation)).Version.Next(), Cancellation);
        var seen = (await table.ReadAllAsync(Cancellation)).Version;

        Assert.False(await table.InsertRowAsync(Entry(1), seen.Next(), Cancellation));

        Assert.Equal(seen.Version, (await table.ReadAllAsync(Cancellation)).Version.Version);
    }

    [Fact]
    public async Task A_change_keeps_every_field_and_a_stale_one_is_refused()
    {
        var table = await NewTableAsync("changing");
        var entry = Entry(1);
        await table.InsertRowAsync(entry, (await table.ReadAllAsync(Cancellation)).Version.Next(), Cancellation);
        var stale = await table.ReadRowAsync(entry.SiloAddress, Cancellation);
        entry.Status = SiloStatus.Active;
        entry.IAmAliveTime = entry.IAmAliveTime.AddMinutes(1);
        entry.SuspectTimes = [Tuple.Create(Entry(2).SiloAddress, new DateTime(2026, 5, 4, 3, 2, 1, DateTimeKind.Utc))];

        Assert.True(await table.UpdateRowAsync(entry, stale.Members.Single().Item2, stale.Version.Next(), Cancellation));
        Assert.False(await table.UpdateRowAsync(Entry(1), stale.Members.Single().Item2, stale.Version.Next(), Cancellation));
        await table.UpdateIAmAliveAsync(Entry(1), Cancellation);

        entry.IAmAliveTime = Entry(1).IAmAliveTime;
        var read = await table.ReadRowAsync(entry.SiloAddress, Cancellation);
        Assert.Equal(stale.Version.Version + 1, read.Version.Version);
        Assert.Equivalent(entry, read.Members.Single().Item1, strict: true);
    }

    [Fact]
    public async Task A_deleted_cluster_takes_its_silos_along_and_leaves_others_alone()
    {
        var doomed = await NewTableAsync("doomed");
        await doomed.InsertRowAsync(Entry(1), (await doomed.ReadAllAsync(Cancellation)).Version.Next(), Cancellation);
        var other = await NewTableAsync("other");
        await other.InsertRowAsync(Entry(1), (await other.ReadAllAsync(Cancellation)).Version.Next(), Cancellation);

        await doomed.DeleteMembershipTableEntriesAsync("doomed", Cancellation);

        await doomed.InitializeMembershipTableAsync(tryInitTableVersion: true, Cancellation);
        Assert.Empty((await doomed.ReadAllAsync(Cancellation)).Members);
        Assert.Single((await other.ReadAllAsync(Cancellation)).Members);
    }

    private async Task<AdoNetClusteringTable> NewTableAsync(string clusterId)
    {
        var table = new AdoNetClusteringTable(
            database.Silo.Services,
            Options.Create(new ClusterOptions { ClusterId = clusterId, ServiceId = TestSilo.ServiceId }),
            Options.Create(new AdoNetClusteringSiloOptions { Invariant = "Npgsql", DataSource = database.Database }),
            NullLogger<AdoNetClusteringTable>.Instance);
        await table.InitializeMembershipTableAsync(tryInitTableVersion: true, Cancellation);
        return table;
    }

    private static MembershipEntry Entry(int port) => new()
    {
        SiloAddress = SiloAddress.New(System.Net.IPAddress.Loopback, port, 77),
        SiloName = $"silo-{port}",
        HostName = "host",
        Status = SiloStatus.Joining,
        ProxyPort = port + 1000,
        StartTime = new DateTime(2026, 1, 2, 3, 4, 5, 678, DateTimeKind.Utc),
        IAmAliveTime = new DateTime(2026, 1, 2, 3, 4, 6, 789, DateTimeKind.Utc),
    };

    private static async Task SeesActiveAsync(TestSilo silo, params SiloAddress[] expected)
    {
        var membership = silo.Services.GetRequiredService<IClusterMembershipService>();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        await foreach (var snapshot in membership.MembershipUpdates.WithCancellation(patience.Token))
        {
            var active = snapshot.Members.Values.Where(member => member.Status is SiloStatus.Active).Select(member => member.SiloAddress);
            if (active.Order().SequenceEqual(expected.Order()))
                return;
        }
    }

    private async Task<IEnumerable<SiloAddress>> HostsThatAClientSeesAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (TestSilo.ClusterId, TestSilo.ServiceId))
            .UseAdoNetClustering(options => (options.Invariant, options.DataSource) = ("Npgsql", database.Database)));
        using var host = builder.Build();
        await host.StartAsync(Cancellation);
        var management = host.Services.GetRequiredService<IClusterClient>().GetGrain<IManagementGrain>(0);
        var hosts = await management.GetHosts(onlyActive: true);
        await host.StopAsync(Cancellation);
        return hosts.Keys;
    }
}
