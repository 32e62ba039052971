using JobTracker.Configuration;
using JobTracker.Gateway.Clock;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Identity;
using JobTracker.Silo.Clustering;
using JobTracker.Silo.Storage;
using Npgsql;
using Orleans.Dashboard;

namespace JobTracker.Silo;

/// <summary>Makes a host a silo, as the configuration says: embedded and alone, or one of a cluster.</summary>
internal static class SiloSetup
{
    private const string PostgresSetting = "ConnectionStrings:Postgres";

    /// <summary>Whether the silo's process serves the HTTP API.</summary>
    public const string GatewayEnabled = "Gateway:Enabled";

    public static TBuilder AddJobTrackerSilo<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddSection<ClusterSettings>(ClusterSettings.Section);
        builder.Services.AddKnownKey(GatewayEnabled).AddKnownKey(DatabaseMigration.Automatic)
            .AddKnownKey(PostgresSetting).AddKnownKey($"{PostgresSetting}_ProviderName");
        builder.Services.AddHostedService<FreePorts>().AddHostedService<DatabaseMigration>();
        builder.Services.AddClocks();
        // Orleans refuses to activate a grain at a time before its last look at those that are idle.
        builder.Services.AddKeyedSingleton<TimeProvider>(
            TimeProviderNames.ActivationManagement, (services, _) => services.GetRequiredService<SteadyClock>());
        var cluster = CheckedOptions.Read<ClusterSettings>(builder.Configuration, ClusterSettings.Section);
        if (builder.Configuration.GetConnectionString("Postgres") is { Length: > 0 } postgres)
        {
            var database = Open(postgres, builder.Configuration);
            builder.Services.AddSingleton(_ => database);
            builder.UseOrleans(silo => silo.OnPostgres(cluster, database));
        }
        else
        {
            builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, EmbeddedFileOwner>());
            var file = EmbeddedFile.Resolve(builder.Configuration);
            builder.UseOrleans(silo => silo.OnEmbeddedFile(cluster, file));
        }
        if (cluster.Dashboard)
            builder.UseOrleans(silo => silo.AddDashboard());
        if (cluster.ClientSecret is { } secret)
            builder.UseOrleans(silo => silo.AddIncomingGrainCallFilter(new ClientSecretCheck(secret)));

        return builder;
    }

    private static NpgsqlDataSource Open(string postgres, IConfiguration configuration)
    {
        ConnectionText.Check(PostgresSetting, postgres);
        try
        {
            return PostgresPool.Open(postgres, () => configuration.GetConnectionString("Postgres"));
        }
        catch (ArgumentException problem)
        {
            throw new StartRefusedException($"{PostgresSetting} cannot be used: {problem.Message}", problem);
        }
    }
}
