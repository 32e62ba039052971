using JobTracker.Telemetry;
using Npgsql;

namespace JobTracker.Grains.Storage.PostgreSql;

/// <summary>Which statements have a span: those of a request that is being traced.</summary>
internal static class PostgresTracing
{
    /// <summary>What the service asks by itself, several times a second, would else make a trace of its own each time.</summary>
    public static NpgsqlDataSource WithTracesOfRequests(this NpgsqlDataSourceBuilder source)
    {
        source.ConfigureTracing(tracing => tracing.ConfigureCommandFilter(_ => IsTraced).ConfigureBatchFilter(_ => IsTraced));
        return source.Build();
    }

    private static bool IsTraced => Instrumentation.Recorded is not null;
}
