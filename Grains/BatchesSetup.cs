using JobTracker.Configuration;
using JobTracker.Grains.Batches;
using JobTracker.Grains.Batches.Options;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Storage;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Grains.Storage.Sqlite;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JobTracker.Grains;

/// <summary>What a silo needs to run batches.</summary>
public static class BatchesSetup
{
    /// <summary>
    /// After <c>AddJobs</c>, on a silo with a reminder service and a grain storage named "state". The caller owns the pool.
    /// </summary>
    public static ISiloBuilder AddBatches(this ISiloBuilder silo, PostgresPool database)
    {
        silo.Services.TryAddSingleton<IBatchStore>(_ => new PostgresBatchStore(database));
        return silo.AddBatches();
    }

    /// <summary>The same, in the embedded file that <c>Storage:SqlitePath</c> names.</summary>
    public static ISiloBuilder AddBatches(this ISiloBuilder silo)
    {
        silo.AddBatchRules(silo.Configuration);
        silo.Services.TryAddSingleton<IBatchStore>(provider =>
        {
            var options = provider.GetRequiredService<StorageOptions>();
            return new SqliteBatchStore(options.SqlitePath, options.QueueTime);
        });
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
            provider => ActivatorUtilities.CreateInstance<BatchPollerKeeper>(provider));
        return silo;
    }

    /// <summary>What a batch grain needs beside its store.</summary>
    internal static ISiloBuilder AddBatchRules(this ISiloBuilder silo, IConfiguration configuration)
    {
        var services = silo.Services;
        services.AddBatchProviders(configuration);
        services.AddSection<BatchOptions>("Batches");
        services.AddSection<BatchRetentionOptions>("Retention:Batches");
        services.AddMetrics();
        services.AddSingleton<BatchMetrics>();
        services.AddSingleton<BatchContext>();
        return silo;
    }
}
