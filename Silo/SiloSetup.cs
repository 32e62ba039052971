using JobTracker.Configuration;
using JobTracker.Gateway.Telemetry;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Silo.Clustering;
using JobTracker.Silo.Storage;
using JobTracker.Silo.Telemetry;
using JobTracker.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JobTracker.Silo;

/// <summary>Makes a host a silo, as the configuration says: embedded and alone, or one of a cluster.</summary>
internal static class SiloSetup
{
    /// <summary>Whether the silo's process serves the HTTP API.</summary>
    public const string GatewayEnabled = "Gateway:Enabled";

    public static TBuilder AddJobTrackerSilo<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddSection<ClusterSettings>(ClusterSettings.Section);
        builder.Services.AddKnownKey(GatewayEnabled).AddKnownKey(DatabaseMigration.Automatic);
        builder.Services.AddHostedService<DatabaseMigration>();
        builder.Services.AddSingleton(TimeProvider.System);
        var cluster = builder.Configuration.GetSection(ClusterSettings.Section).Get<ClusterSettings>() ?? new ClusterSettings();
        if (builder.Configuration.GetConnectionString("Postgres") is { Length: > 0 } postgres)
        {
            var database = PostgresPool.Open(postgres, () => builder.Configuration.GetConnectionString("Postgres"));
            builder.Services.AddSingleton(_ => database);
            builder.UseOrleans(silo => silo.OnPostgres(cluster, database));
        }
        else
        {
            builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, EmbeddedFileOwner>());
            builder.UseOrleans(silo => silo.OnEmbeddedFile(cluster, DatabaseMigration.SqlitePath(builder.Configuration)));
        }
        builder.Services.TryAddSingleton<LogSubjects>();
        builder.Services.AddHostedService<GrainSubjects>();
        if (TelemetrySetup.IsTraced(builder.Configuration))
            builder.UseOrleans(silo => silo.AddActivityPropagation());
        if (cluster.ClientSecret is { } secret)
            builder.UseOrleans(silo => silo.AddIncomingGrainCallFilter(new ClientSecretCheck(secret)));

        return builder;
    }
}
