using JobTracker.Configuration;
using JobTracker.Grains.Absent;
using JobTracker.Grains.Callbacks;
using JobTracker.Grains.Groups;
using JobTracker.Grains.Jobs;
using JobTracker.Grains.Jobs.Callbacks;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Jobs.Listing;
using JobTracker.Grains.Jobs.Telemetry;
using JobTracker.Grains.Organizations;
using JobTracker.Grains.Storage;
using JobTracker.Grains.Storage.Health;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Jobs.Grouping;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Grains.Storage.Sqlite;
using JobTracker.Identity;
using JobTracker.Jobs;
using JobTracker.Telemetry;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Npgsql;
using Orleans.Runtime.Hosting;

namespace JobTracker.Grains;

/// <summary>What a silo needs to run jobs.</summary>
public static class JobsSetup
{
    /// <summary>Jobs kept in PostgreSQL. The database is migrated before the silo starts; the caller owns the pool.</summary>
    /// <param name="silo">The silo.</param>
    /// <param name="database">The pool.</param>
    /// <param name="checks">Opens what the database is tried by, with the time that one try may take; null: a second pool of the
    /// same.</param>
    public static ISiloBuilder AddJobs(
        this ISiloBuilder silo, PostgresPool database, Func<TimeSpan, NpgsqlDataSource>? checks = null)
    {
        checks ??= timeout => PostgresPool.OpenForChecks(database.ConnectionString, timeout);
        silo.Services.AddSingleton<IStorageCheck>(
            services => new PostgresCheck(checks(services.GetRequiredService<StorageOptions>().CheckTimeout)));
        silo.Services.AddSingleton<IJobStore>(services => new PostgresJobStore(
            database, services.GetRequiredService<StorageOptions>(), services.GetRequiredService<IOptions<JobLimits>>().Value.GroupDepth));
        return silo.AddJobs();
    }

    /// <summary>Jobs kept in the embedded file that <c>Storage:SqlitePath</c> names. It is migrated before the silo starts.</summary>
    public static ISiloBuilder AddJobs(this ISiloBuilder silo)
    {
        var services = silo.AddJobRules().Services;
        services.AddSection<StorageOptions>("Storage");
        services.AddSingleton(provider => provider.GetRequiredService<IOptions<StorageOptions>>().Value);
        services.TryAddSingleton<IJobStore>(provider => new SqliteJobStore(
            provider.GetRequiredService<StorageOptions>().SqlitePath,
            provider.GetRequiredService<IOptions<JobLimits>>().Value.GroupDepth));
        services.TryAddSingleton<IStorageCheck>(
            provider => ActivatorUtilities.CreateInstance<SqliteCheck>(provider));
        services.AddSingleton<IStorageHealth, StorageHealth>();
        services.AddSingleton<StoragePeers>();
        silo.AddGrainService<StorageWitness>();
        // Orleans speaks there in our name: which part of a ring it has.
        services.AddLogging(logging => logging.AddFilter(typeof(StorageWitness).FullName, LogLevel.Warning));
        services.AddSingleton<CommitMetrics>();
        services.AddSingleton<Outage>();
        services.AddSingleton<GroupCommit>();
        services.AddSingleton<GroupRead>();
        services.AddGrainStorage(JobGrainStorage.Name, (provider, _) => ActivatorUtilities.CreateInstance<JobGrainStorage>(provider));
        return silo;
    }

    /// <summary>
    /// What a job grain needs beside a storage named "jobs" and a store to look up keys in, and its callbacks beside one named "state".
    /// </summary>
    internal static ISiloBuilder AddJobRules(this ISiloBuilder silo)
    {
        silo.Services.AddSection<JobLimits>("Limits");
        silo.Services.AddSection<JobsOptions>("Jobs");
        silo.Services.AddSection<RetentionOptions>("Retention");
        silo.Services.AddSection<AbsentOptions>("Absent");
        silo.Services.AddSection<OrganizationOptions>("Limits");
        silo.Services.AddSection<GroupOptions>("Groups");
        silo.Services.AddSingleton(provider => provider.GetRequiredService<IOptions<GroupOptions>>().Value);
        silo.Services.AddSingleton<GroupChildren>();
        silo.Services.AddSingleton<AbsentGrains>();
        silo.Services.AddMetrics();
        silo.Services.AddSingleton<JobMetrics>();
        silo.Services.TryAddSingleton<LogSubjects>();
        silo.Services.AddSingleton<OpenWrites>();
        silo.Services.AddSingleton<JobNeeds>();
        silo.Services.AddSingleton<ListTurns>();
        silo.Services.AddSingleton<JobKeys>();
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.TryAddSingleton<SteadyClock>();
        silo.Services.AddCallbacks().AddSingleton<CallbackSecretCache>().AddSingleton<JobCallbacks>();
        return silo;
    }
}
