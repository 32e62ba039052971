using System.Net;
using System.Net.Sockets;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Silo.Clustering;
using JobTracker.Silo.Clustering.Members;
using JobTracker.Tests.Support;
using JobTracker.Tests.Support.Logs;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Configuration;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>Which rows of the membership table a silo clears by itself, without a vote.</summary>
public sealed class VacantAddressesTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Only_a_silo_whose_host_refuses_and_that_writes_no_sign_of_life_is_declared_dead()
    {
        var server = await PostgresServer.Shared;
        await using var database = PostgresPool.Open(server.ConnectionString(await server.CreateMigratedDatabaseAsync()));
        await using var silo = await TestSilo.StartAsync(silo =>
        {
            silo.UsePostgres(database);
            silo.Configure<ClusterMembershipOptions>(membership => membership.TableRefreshTimeout = TimeSpan.FromSeconds(1));
            silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, VacantAddresses>();
        }, Log());
        var table = silo.Services.GetRequiredService<IMembershipTable>();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var frozen = await AddAsync(table, ((IPEndPoint)listener.LocalEndpoint).Port);
        var writing = await AddAsync(table, LoopbackPort.Free());
        var gone = await AddAsync(table, LoopbackPort.Free());

        await Until.TrueAsync(async () =>
        {
            writing.IAmAliveTime += TimeSpan.FromMilliseconds(50);
            await table.UpdateIAmAliveAsync(writing, Cancellation);
            return await StatusAsync(table, gone) == SiloStatus.Dead;
        });

        Assert.Equal((SiloStatus.Active, SiloStatus.Active), (await StatusAsync(table, frozen), await StatusAsync(table, writing)));
    }

    private static HostLog Log()
    {
        var log = new HostLog();
        log.Expect("Orleans.Runtime.Messaging.ConnectionManager", "members that are not there");
        log.Expect("JobTracker.Silo.Clustering.Members", "members that are not there");
        return log;
    }

    private static async Task<MembershipEntry> AddAsync(IMembershipTable table, int port)
    {
        var entry = new MembershipEntry
        {
            SiloAddress = SiloAddress.New(IPAddress.Loopback, port, 1),
            SiloName = $"silo-{port}",
            HostName = "localhost",
            Status = SiloStatus.Active,
            StartTime = TimeProvider.System.GetUtcNow().UtcDateTime,
            IAmAliveTime = TimeProvider.System.GetUtcNow().UtcDateTime,
            SuspectTimes = [],
        };
        await Until.TrueAsync(async () =>
            await table.InsertRowAsync(entry, (await table.ReadAllAsync(Cancellation)).Version.Next(), Cancellation));
        return entry;
    }

    private static async Task<SiloStatus> StatusAsync(IMembershipTable table, MembershipEntry entry) =>
        (await table.ReadRowAsync(entry.SiloAddress, Cancellation)).Members.Single().Item1.Status;
}
