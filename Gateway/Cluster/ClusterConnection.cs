using Orleans.Configuration;

namespace JobTracker.Gateway.Cluster;

/// <summary>A gateway alone: an Orleans client of the cluster whose membership table is in PostgreSQL.</summary>
internal static class ClusterConnection
{
    private const string ConnectionName = "Postgres";
    private static readonly TimeSpan RefreshPeriod = TimeSpan.FromSeconds(5);

    /// <summary>Reads <c>ConnectionStrings:Postgres</c>, <c>Cluster:ClusterId</c> and <c>Cluster:ServiceId</c>.</summary>
    /// <exception cref="InvalidOperationException">No connection string.</exception>
    public static WebApplicationBuilder AddClusterClient(this WebApplicationBuilder builder)
    {
        var connection = builder.Configuration.GetConnectionString(ConnectionName);
        if (string.IsNullOrWhiteSpace(connection))
            throw new InvalidOperationException(
                $"ConnectionStrings:{ConnectionName} is not set: a gateway alone finds its cluster there. 'dotnet run --project Silo' "
                    + $"needs none.");
        var cluster = builder.Configuration.GetSection("Cluster");
        builder.UseOrleansClient(client => client
            .Configure<ClusterOptions>(options =>
            {
                options.ClusterId = cluster["ClusterId"] ?? "jobtracker";
                options.ServiceId = cluster["ServiceId"] ?? "jobtracker";
            })
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
