using Microsoft.Data.Sqlite;

namespace JobTracker.Grains.Storage.Sqlite;

/// <summary>Why SQLite does not do it, in words for anybody. Codes: sqlite.org/rescode.html.</summary>
internal static class SqliteCauses
{
    private const int Error = 1;
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int IoError = 10;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NoDatabase = 26;

    public static string Of(Exception problem) => problem switch
    {
        TimeoutException => "The database does not answer.",
        SqliteException { SqliteErrorCode: Busy or Locked } => "The database is locked by another process.",
        SqliteException { SqliteErrorCode: ReadOnly } => "The database is read-only.",
        SqliteException { SqliteErrorCode: Full } => "The database is full: its disk has no room left.",
        SqliteException { SqliteErrorCode: IoError } => "The disk of the database fails.",
        SqliteException { SqliteErrorCode: Corrupt or NoDatabase } => "The database file is damaged.",
        SqliteException { SqliteErrorCode: CannotOpen } => "The database file cannot be opened.",
        SqliteException { SqliteErrorCode: Error } => "The database lacks the schema of this version.",
        SqliteException other => $"The database refuses it with SQLite's code {other.SqliteErrorCode}.",
        _ => "The database cannot be reached.",
    };
}
