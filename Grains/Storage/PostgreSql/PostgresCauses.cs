using System.Net.Sockets;
using Npgsql;

namespace JobTracker.Grains.Storage.PostgreSql;

/// <summary>Why PostgreSQL does not do it, in words for anybody. Codes: PostgreSQL manual, appendix A.</summary>
internal static class PostgresCauses
{
    private const string NoAnswer = "The database does not answer.";

    public static string Of(Exception problem) => problem switch
    {
        PostgresException refused => Of(refused.SqlState),
        TimeoutException or OperationCanceledException or { InnerException: TimeoutException } => NoAnswer,
        { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } } => "The database refuses connections.",
        _ => "The database cannot be reached.",
    };

    /// <summary>Whether waiting may help: the database was not reached, or turned everybody away, whatever was asked.</summary>
    public static bool IsPassing(Exception problem) => problem is not PostgresException { SqlState: var state }
        || state is ['0', '8', ..] or ['2', '8', ..] or ['5', '3', ..] or ['5', '7', ..]
            or PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.ReadOnlySqlTransaction;

    private static string Of(string sqlState) => sqlState switch
    {
        PostgresErrorCodes.ReadOnlySqlTransaction => "The database is read-only.",
        PostgresErrorCodes.DiskFull => "The database is full: its disk has no room left.",
        PostgresErrorCodes.TooManyConnections => "The database has no connection left to give.",
        PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown =>
            "The database is starting or stopping.",
        PostgresErrorCodes.QueryCanceled or PostgresErrorCodes.LockNotAvailable => NoAnswer,
        ['2', '8', ..] => "The database refuses the service's credentials.",
        PostgresErrorCodes.InvalidCatalogName => "The server has no such database.",
        PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn => "The database lacks the schema of this version.",
        PostgresErrorCodes.InsufficientPrivilege => "The database does not permit it to the service's role.",
        _ => $"The database refuses it with SQLSTATE {sqlState}.",
    };
}
