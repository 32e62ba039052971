using JobTracker.Grains.Storage.Sql;
using Microsoft.Data.Sqlite;

namespace JobTracker.Grains.Storage.Sqlite;

/// <summary>What an error of SQLite says about the transaction it ended. Codes: sqlite.org/rescode.html.</summary>
internal static class SqliteFaults
{
    private const int Busy = 5;
    private const int Locked = 6;
    private const int IoError = 10;
    private const int TooBig = 18;
    private const int Constraint = 19;
    private const int Mismatch = 20;

    // Extended codes.
    private const int PrimaryKey = 1555;
    private const int Unique = 2067;

    public static bool IsDuplicate(Exception problem) => problem is SqliteException { SqliteExtendedErrorCode: PrimaryKey or Unique };

    /// <summary>Another connection, mostly another program's, holds the file.</summary>
    public static bool IsLocked(Exception problem) => problem is SqliteException { SqliteErrorCode: Busy or Locked };

    public static SqliteException LockedByAnother() => new("The file is locked by another program.", Busy);

    public static StoreFault Of(Exception problem) => (problem as SqliteException)?.SqliteErrorCode switch
    {
        // Not the database: a row could not even be spelled for it.
        null => StoreFault.RowRefused,
        Busy or Locked => StoreFault.Conflict,
        TooBig or Constraint or Mismatch => StoreFault.RowRefused,
        // A sync that failed leaves the log in a state that only a later read can tell.
        IoError => StoreFault.AnswerLost,
        _ => StoreFault.Unavailable,
    };
}
