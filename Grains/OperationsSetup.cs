using JobTracker.Configuration;
using JobTracker.Grains.Operations;
using JobTracker.Grains.Storage;
using JobTracker.Grains.Storage.Operations;
using JobTracker.Grains.Storage.PostgreSql;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JobTracker.Grains;

/// <summary>What a silo needs to do one thing with many jobs.</summary>
public static class OperationsSetup
{
    /// <summary>After <c>AddJobs</c>. The caller owns the pool.</summary>
    public static ISiloBuilder AddOperations(this ISiloBuilder silo, PostgresPool database)
    {
        silo.Services.TryAddSingleton<IOperationStore>(_ => new PostgresOperationStore(database));
        return silo.AddOperations();
    }

    /// <summary>The same, in the embedded file that <c>Storage:SqlitePath</c> names.</summary>
    public static ISiloBuilder AddOperations(this ISiloBuilder silo)
    {
        var services = silo.Services;
        services.AddSection<OperationsOptions>(OperationsOptions.Section);
        services.TryAddSingleton<IOperationStore>(provider =>
        {
            var options = provider.GetRequiredService<StorageOptions>();
            return new SqliteOperationStore(options.SqlitePath, options.QueueTime);
        });
        services.AddSingleton<MatchCount>();
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
            provider => ActivatorUtilities.CreateInstance<OperationsKeeper>(provider, Random.Shared));
        return silo;
    }
}
