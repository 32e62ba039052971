using JobTracker.Cluster;
using JobTracker.Configuration;
using Orleans.Configuration;

namespace JobTracker.Gateway.Cluster;

/// <summary>A gateway alone: an Orleans client of the cluster whose membership table is in PostgreSQL.</summary>
internal static class ClusterConnection
{
    private const string ConnectionName = "Postgres";
    private static readonly TimeSpan RefreshPeriod = TimeSpan.FromSeconds(2);

    /// <summary>Reads <c>ConnectionStrings:Postgres</c> and the section <c>Cluster</c>.</summary>
    /// <exception cref="InvalidOperationException">No connection string.</exception>
    public static WebApplicationBuilder AddClusterClient(this WebApplicationBuilder builder)
    {
        var connection = builder.Configuration.GetConnectionString(ConnectionName);
        if (string.IsNullOrWhiteSpace(connection))
            throw new InvalidOperationException(
                $"ConnectionStrings:{ConnectionName} is not set: a gateway alone finds its cluster there. 'dotnet run --project Silo' "
                    + $"needs none.");
        builder.Services.AddSiloKeys();
        builder.Services.AddSection<ClusterIdentity>(ClusterIdentity.Section);
        // HTTP is served from the first moment, however long the cluster is in coming: whoever looks finds the process alive, and unready.
        builder.Services.Configure<HostOptions>(host => host.ServicesStartConcurrently = true);
        var cluster = builder.Configuration.GetSection(ClusterIdentity.Section).Get<ClusterIdentity>() ?? new ClusterIdentity();
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(options => (options.ClusterId, options.ServiceId) = (cluster.ClusterId, cluster.ServiceId))
            .AddOutgoingGrainCallFilter(new SecretGiver(cluster.ClientSecret))
            .Configure<GatewayOptions>(options => options.GatewayListRefreshPeriod = RefreshPeriod)
            .UseAdoNetClustering(options =>
            {
                options.Invariant = "Npgsql";
                options.ConnectionString = connection;
            })
            .UseConnectionRetryFilter<PatientConnection>());
        return builder;
    }
}
