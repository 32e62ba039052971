using System.Data.Common;
using System.Net.Sockets;
using JobTracker.Grains.Storage.Sql;
using Npgsql;

namespace JobTracker.Grains.Storage.PostgreSql;

/// <summary>What an error of PostgreSQL says about the transaction it ended. Codes: PostgreSQL manual, appendix A.</summary>
internal static class PostgresFaults
{
    public static StoreFault Of(Exception problem, bool sent) => problem switch
    {
        // The server spoke: it rolled the statement back. Only its own going down leaves the commit's fate open.
        PostgresException { SqlState: "57P01" or "57P02" or "57P03" } when sent => StoreFault.AnswerLost,
        PostgresException { SqlState: ['4', '0', ..] } => StoreFault.Conflict,
        PostgresException { SqlState: ['2', '2' or '3', ..] or ['5', '4', ..] } => StoreFault.RowRefused,
        PostgresException => StoreFault.Unavailable,
        DbException or TimeoutException or IOException or SocketException or ObjectDisposedException =>
            sent ? StoreFault.AnswerLost : StoreFault.Unavailable,
        // Not the database: a row could not even be spelled for it, so the statement never left as a whole.
        _ => StoreFault.RowRefused,
    };
}
