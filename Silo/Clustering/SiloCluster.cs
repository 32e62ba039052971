using System.Net;
using JobTracker.Grains;
using JobTracker.Grains.Storage.PostgreSql;
using Orleans.Configuration;

namespace JobTracker.Silo.Clustering;

/// <summary>Puts the silo on its database: alone on the embedded file, or in a cluster on PostgreSQL.</summary>
internal static class SiloCluster
{
    public static ISiloBuilder OnEmbeddedFile(this ISiloBuilder silo, ClusterSettings cluster, string sqlitePath) => silo
        .UseLocalhostClustering(cluster.SiloPort, cluster.GatewayPort, serviceId: cluster.ServiceId, clusterId: cluster.ClusterId)
        .Configure<GrainDirectoryOptions>(directory => directory.CacheSize = cluster.RememberedPlaces)
        .UseEmbedded(sqlitePath)
        .AddJobs()
        .AddSweeper()
        .AddBatches()
        .AddAudit();

    public static ISiloBuilder OnPostgres(this ISiloBuilder silo, ClusterSettings cluster, PostgresPool database)
    {
        silo.Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, cluster.ServiceId));
        silo.Configure<ClusterMembershipOptions>(NoticeFailures);
        silo.Configure<GrainDirectoryOptions>(directory => directory.CacheSize = cluster.RememberedPlaces);
        if (cluster.AdvertisedAddress is { } address)
            silo.ConfigureEndpoints(Parse(address), cluster.SiloPort, cluster.GatewayPort, listenOnAnyHostAddress: false);
        else
            silo.ConfigureEndpoints(cluster.SiloPort, cluster.GatewayPort);
        return silo.UsePostgres(database).AddJobs(database).AddSweeper().AddBatches(database).AddAudit(database);
    }

    /// <summary>A dead silo is out of the cluster in about 6 s and a hung one in about 12 s, where the defaults take 10 and 60.</summary>
    private static void NoticeFailures(ClusterMembershipOptions membership)
    {
        membership.ProbeTimeout = TimeSpan.FromSeconds(2);
        membership.MaxProbeTimeout = TimeSpan.FromSeconds(4);
        membership.NumMissedProbesLimit = 3;
        membership.TableRefreshTimeout = TimeSpan.FromSeconds(10);
        membership.IAmAliveTablePublishTimeout = TimeSpan.FromSeconds(10);
    }

    private static IPAddress Parse(string address) => IPAddress.TryParse(address, out var parsed)
        ? parsed
        : throw new InvalidOperationException($"Cluster:AdvertisedAddress: '{address}' is not an IP address.");
}
