using System.Net;
using JobTracker.Grains;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Silo.Clustering.Members;
using Npgsql;
using Orleans.Configuration;

namespace JobTracker.Silo.Clustering;

/// <summary>Puts the silo on its database: alone on the embedded file, or in a cluster on PostgreSQL.</summary>
internal static class SiloCluster
{
    /// <summary>How often a silo writes that it is alive.</summary>
    internal static readonly TimeSpan SignOfLife = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Between a stopping silo's word to its clients that they send through others from now on, and its stop: what they sent through it
    /// before is answered.
    /// </summary>
    private static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(1);

    public static ISiloBuilder OnEmbeddedFile(this ISiloBuilder silo, ClusterSettings cluster, string sqlitePath) => silo
        .UseLocalhostClustering(cluster.SiloPort, cluster.GatewayPort, serviceId: cluster.ServiceId, clusterId: cluster.ClusterId)
        .Configure<GrainDirectoryOptions>(directory => directory.CacheSize = cluster.RememberedPlaces)
        .UseEmbedded(sqlitePath)
        .AddJobs()
        .AddSweeper()
        .AddBatches()
        .AddAudit()
        .AddOperations();

    public static ISiloBuilder OnPostgres(
        this ISiloBuilder silo, ClusterSettings cluster, PostgresPool database, Func<TimeSpan, NpgsqlDataSource> checks)
    {
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
        silo.Configure<ClusterMembershipOptions>(NoticeFailures);
        silo.Configure<SiloMessagingOptions>(messages => messages.ClientGatewayShutdownNotificationTimeout = Goodbye);
        silo.Configure<GrainDirectoryOptions>(directory => directory.CacheSize = cluster.RememberedPlaces);
        if (cluster.AdvertisedAddress is { } address)
            silo.ConfigureEndpoints(IPAddress.Parse(address), cluster.SiloPort, cluster.GatewayPort, listenOnAnyHostAddress: false);
        else
            silo.ConfigureEndpoints(cluster.SiloPort, cluster.GatewayPort);
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, VacantAddresses>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, MembershipNews>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>, StorageLoss>();
        silo.Services.AddSingleton<StandstillCheck>();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(services => services.GetRequiredService<StandstillCheck>());
        silo.Services.AddSingleton<IIncomingGrainCallFilter>(services => services.GetRequiredService<StandstillCheck>());
        return silo.UsePostgres(database).AddJobs(database, checks).AddSweeper().AddBatches(database).AddAudit(database)
            .AddOperations(database);
    }

    /// <summary>
    /// A silo that died is out of the cluster in 1 to 2 s by <see cref="VacantAddresses"/>, one whose host is gone, too, in 2 to 4 s by
    /// the votes of two others, and a hung one in about 12 s, where the defaults take 10 and 60. A silo that has written no sign of life
    /// for 6 s has no say in the votes, so that the dead do not count where the votes of the living are counted.
    /// </summary>
    private static void NoticeFailures(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(1);
        membership.MaxProbeTimeout = TimeSpan.FromSeconds(4);
        membership.NumMissedProbesLimit = 3;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        membership.IAmAliveTablePublishTimeout = SignOfLife;
        membership.NumMissedTableIAmAliveLimit = 12;
    }
}
