using JobTracker.Configuration;
using JobTracker.Grains.Audit;
using JobTracker.Grains.Storage;
using JobTracker.Grains.Storage.Audit;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Grains.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JobTracker.Grains;

/// <summary>What a silo needs to keep audit events.</summary>
public static class AuditSetup
{
    /// <summary>After <c>AddJobs</c>. The caller owns the pool.</summary>
    public static ISiloBuilder AddAudit(this ISiloBuilder silo, PostgresPool database)
    {
        silo.Services.TryAddSingleton<IAuditStore>(_ => new PostgresAuditStore(database));
        return silo.AddAudit();
    }

    /// <summary>The same, in the embedded file that <c>Storage:SqlitePath</c> names.</summary>
    public static ISiloBuilder AddAudit(this ISiloBuilder silo)
    {
        var services = silo.Services;
        services.AddSection<AuditOptions>("Audit");
        services.TryAddSingleton<IAuditStore>(provider =>
        {
            var options = provider.GetRequiredService<StorageOptions>();
            return new SqliteAuditStore(options.SqlitePath, options.QueueTime);
        });
        services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
            provider => ActivatorUtilities.CreateInstance<AuditRemoval>(provider));
        return silo;
    }
}
