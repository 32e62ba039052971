using JobTracker.Configuration;
using JobTracker.Gateway.Clock;
using JobTracker.Gateway.Doors;
using JobTracker.Gateway.Health;
using JobTracker.Gateway.Telemetry;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Identity;
using JobTracker.Silo.Clustering;
using JobTracker.Silo.Dashboard;
using JobTracker.Silo.Storage;
using JobTracker.Silo.Telemetry;
using JobTracker.Telemetry;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Dashboard;

namespace JobTracker.Silo;

/// <summary>Makes a host a silo, as the configuration says: embedded and alone, or one of a cluster.</summary>
internal static class SiloSetup
{
    private const string PostgresSetting = "ConnectionStrings:Postgres";

    /// <summary>Whether the silo's process serves the HTTP API.</summary>
    public const string GatewayEnabled = "Gateway:Enabled";

    /// <param name="builder">The host.</param>
    /// <param name="waitsForDatabase">Whether it waits for a database that is not there, or fails.</param>
    public static TBuilder AddJobTrackerSilo<TBuilder>(this TBuilder builder, bool waitsForDatabase = true)
        where TBuilder : IHostApplicationBuilder
    {
        builder.Services.AddSection<ClusterSettings>(ClusterSettings.Section);
        builder.Services.AddKnownKey(GatewayEnabled).AddKnownKey(DatabaseMigration.Automatic)
            .AddKnownKey(PostgresSetting).AddKnownKey($"{PostgresSetting}_ProviderName");
        builder.Services.AddHostedService<FreePorts>();
        builder.Services.AddSingleton(
            provider => ActivatorUtilities.CreateInstance<DatabaseMigration>(provider, waitsForDatabase));
        builder.Services.AddSingleton<IReadiness, SiloReadiness>();
        builder.Services.AddSingleton<IDashboardPlace, DashboardPlace>();
        builder.Services.AddClocks();
        // Orleans refuses to activate a grain at a time before its last look at those that are idle.
        builder.Services.AddKeyedSingleton<TimeProvider>(
            TimeProviderNames.ActivationManagement, (services, _) => services.GetRequiredService<SteadyClock>());
        var cluster = CheckedOptions.Read<ClusterSettings>(builder.Configuration, ClusterSettings.Section);
        if (builder.Configuration.GetConnectionString("Postgres") is { Length: > 0 } postgres)
        {
            string? Again() => builder.Configuration.GetConnectionString("Postgres");
            var database = Open(postgres, Again);
            builder.Services.AddSingleton(_ => database);
            builder.UseOrleans(silo =>
                silo.OnPostgres(cluster, database, timeout => PostgresPool.OpenForChecks(postgres, timeout, Again)));
        }
        else
        {
            builder.Services.Insert(0, ServiceDescriptor.Singleton<IHostedService, EmbeddedFileOwner>());
            var file = EmbeddedFile.Resolve(builder.Configuration);
            builder.UseOrleans(silo => silo.OnEmbeddedFile(cluster, file));
        }
        builder.Services.TryAddSingleton<LogSubjects>();
        builder.Services.AddHostedService<GrainSubjects>();
        if (TelemetrySetup.IsTraced(builder.Configuration))
            builder.UseOrleans(silo => silo.AddCallTracing());
        if (cluster.Dashboard)
            builder.UseOrleans(silo => silo.AddDashboard());
        if (cluster.ClientSecret is { } secret)
            builder.UseOrleans(silo => silo.AddIncomingGrainCallFilter(new ClientSecretCheck(secret)));

        builder.Services.StartOrleansLast();
        return builder;
    }

    /// <summary>Puts the start in the place of Orleans' own hosted service, and that into its hands.</summary>
    private static void StartOrleansLast(this IServiceCollection services)
    {
        var orleans = services.Single(service => service.ServiceType == typeof(IHostedService)
            && service.ImplementationType?.Assembly == typeof(Orleans.Runtime.Silo).Assembly);
        services[services.IndexOf(orleans)] = ServiceDescriptor.Singleton<IHostedService>(
            provider => provider.GetRequiredService<SiloStart>());
        services.AddSingleton(provider => new SiloStart(
            provider.GetRequiredService<DatabaseMigration>(),
            (IHostedService)ActivatorUtilities.CreateInstance(provider, orleans.ImplementationType!)));
    }

    private static PostgresPool Open(string postgres, Func<string?> again)
    {
        ConnectionText.Check(PostgresSetting, postgres);
        try
        {
            return PostgresPool.Open(postgres, again);
        }
        catch (ArgumentException problem)
        {
            throw new StartRefusedException($"{PostgresSetting} cannot be used: {problem.Message}", problem);
        }
    }
}
