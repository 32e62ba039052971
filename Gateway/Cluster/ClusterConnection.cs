using JobTracker.Cluster;
using JobTracker.Configuration;
using JobTracker.Gateway.Telemetry;
using Orleans.Configuration;

namespace JobTracker.Gateway.Cluster;

/// <summary>A gateway alone: an Orleans client of the cluster whose membership table is in PostgreSQL.</summary>
internal static class ClusterConnection
{
    private const string ConnectionName = "Postgres";
    private static readonly TimeSpan RefreshPeriod = TimeSpan.FromSeconds(2);

    /// <summary>Reads <c>ConnectionStrings:Postgres</c> and the section <c>Cluster</c>.</summary>
    /// <exception cref="StartRefusedException">No connection string, or one that cannot be read.</exception>
    public static WebApplicationBuilder AddClusterClient(this WebApplicationBuilder builder)
    {
        var connection = builder.Configuration.GetConnectionString(ConnectionName);
        if (string.IsNullOrWhiteSpace(connection))
            throw new StartRefusedException(
                $"ConnectionStrings:{ConnectionName} is not set: a gateway alone finds its cluster there. 'dotnet run --project Silo' "
                    + $"needs none.");
        ConnectionText.Check($"ConnectionStrings:{ConnectionName}", connection);
        builder.Services.AddKnownKey($"ConnectionStrings:{ConnectionName}");
        builder.Services.AddSiloKeys();
        builder.Services.AddSection<ClusterIdentity>(ClusterIdentity.Section);
        // HTTP is served from the first moment, however long the cluster is in coming: whoever looks finds the process alive, and unready.
        builder.Services.Configure<HostOptions>(host => host.ServicesStartConcurrently = true);
        var cluster = CheckedOptions.Read<ClusterIdentity>(builder.Configuration, ClusterIdentity.Section);
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
        if (TelemetrySetup.IsTraced(builder.Configuration))
            builder.UseOrleansClient(client => client.AddCallTracing());
        return builder;
    }
}
