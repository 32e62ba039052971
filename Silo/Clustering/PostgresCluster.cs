using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Silo.Clustering.Members;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Runtime.MembershipService;
using Orleans.Serialization;

namespace JobTracker.Silo.Clustering;

/// <summary>Orleans on PostgreSQL: any number of silos that share one database.</summary>
public static class PostgresCluster
{
    private const string Invariant = "Npgsql";

    /// <summary>
    /// Clustering, reminders and the grain storage named "state", all through one pool that the caller owns. The database must be migrated
    /// before the silo starts; the caller sets <c>ClusterOptions</c> and the endpoints.
    /// </summary>
    public static ISiloBuilder UsePostgres(this ISiloBuilder silo, PostgresPool database)
    {
        silo.UseOrleansTables(database);
        silo.Services.RemoveAll<IMembershipTable>();
        silo.Services.AddSingleton<AdoNetClusteringTable>();
        silo.Services.AddSingleton<IMembershipTable, BoundedMembershipTable>();
        return silo;
    }

    private static ISiloBuilder UseOrleansTables(this ISiloBuilder silo, PostgresPool database) => silo
        // A grain whose state cannot be read fails with the driver's exception inside: unless it may be written, the caller, in another
        // process, is told of a missing codec in its place.
        .Configure<ExceptionSerializationOptions>(exceptions => exceptions.SupportedNamespacePrefixes.Add(nameof(Npgsql)))
        .UseAdoNetClustering(options => (options.Invariant, options.DataSource) = (Invariant, database))
        .UseAdoNetReminderService(options => (options.Invariant, options.DataSource) = (Invariant, database))
        .UseSystemTextJsonGrainStorageSerializer()
        .AddAdoNetGrainStorage(GrainStorageName.State, options => (options.Invariant, options.DataSource) = (Invariant, database));
}
