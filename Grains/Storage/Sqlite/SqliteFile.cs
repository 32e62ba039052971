using System.Globalization;
using JobTracker.Configuration;
using JobTracker.Grains.Storage.Sql;
using Microsoft.Data.Sqlite;

namespace JobTracker.Grains.Storage.Sqlite;

/// <summary>An embedded file as whoever runs the service sees it: can it be worked on, and a copy of it.</summary>
public static class SqliteFile
{
    /// <summary>The setting that names it.</summary>
    public const string Setting = "Storage:SqlitePath";

    /// <summary>Seconds that another program may hold the file while we look.</summary>
    private const int Patience = 5;

    private static readonly SqlFile Sql = SqlFile.Load("Sqlite.file.sql");

    /// <summary>Takes the right to write for a moment.</summary>
    /// <exception cref="StartRefusedException">It cannot be worked on, and why.</exception>
    public static async Task CheckAsync(string file, CancellationToken cancellation)
    {
        try
        {
            await using var connection = await OpenAsync(file, SqliteOpenMode.ReadWriteCreate, cancellation);
            await using var command = connection.CreateCommand();
            command.CommandText = Sql["take_the_right_to_write"];
            await command.ExecuteNonQueryAsync(cancellation);
        }
        catch (SqliteException problem)
        {
            throw new StartRefusedException(
                SqliteFaults.IsLocked(problem)
                    ? $"{Setting}: another program has locked {file} for {Patience} s."
                    : $"{Setting}: {file} cannot be worked on: {problem.Message}",
                problem);
        }
    }

    /// <summary>
    /// Copies the file as it is at one moment, by SQLite's backup API, while others go on writing it. The copy has no log of its own and is
    /// checked before it has its name; only its owner may read it, for it holds secrets.
    /// </summary>
    /// <param name="file">The embedded file.</param>
    /// <param name="copy">Must not be there yet.</param>
    /// <param name="cancellation">Leaves nothing behind.</param>
    /// <returns>How many jobs are in the copy.</returns>
    /// <exception cref="StartRefusedException">It cannot be done, and why.</exception>
    public static async Task<long> CopyAsync(string file, string copy, CancellationToken cancellation)
    {
        if (!File.Exists(file))
            throw new StartRefusedException($"{Setting}: there is no file {file}.");
        if (Path.Exists(copy))
            throw new StartRefusedException($"{copy} is there already; a backup goes to a new file.");
        var partial = copy + ".partial";
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            await CreatePrivateAsync(partial);
            var jobs = await FillAsync(file, partial, cancellation);
            File.Move(partial, copy, overwrite: false);
            return jobs;
        }
        catch (Exception problem) when (problem is SqliteException or IOException or UnauthorizedAccessException)
        {
            File.Delete(partial);
            throw new StartRefusedException($"{file} could not be copied to {copy}: {problem.Message}", problem);
        }
    }

    /// <summary>
    /// Whether the file is somebody else's: it has jobs, and none of the organization's among them has the tag. Nothing is changed, and a
    /// file of an older version counts as somebody else's.
    /// </summary>
    public static async Task<bool> HoldsOtherJobsThanAsync(
        string file, string organizationId, string tag, CancellationToken cancellation)
    {
        await using var connection = await OpenAsync(file, SqliteOpenMode.ReadOnly, cancellation);
        var tables = Convert.ToInt64(await AskAsync(connection, "count_tables_of_tagged_jobs"), CultureInfo.InvariantCulture);
        return tables == 1 || (tables == 2 && Convert.ToBoolean(
            await AskAsync(connection, "has_jobs_and_none_tagged", ("@organization_id", organizationId), ("@tag", tag)),
            CultureInfo.InvariantCulture));
    }

    private static async Task<long> FillAsync(string file, string partial, CancellationToken cancellation)
    {
        await using (var from = await OpenAsync(file, SqliteOpenMode.ReadOnly, cancellation))
        await using (var to = await OpenAsync(partial, SqliteOpenMode.ReadWrite, cancellation))
            from.BackupDatabase(to);
        // For writing, so that nothing stays beside it once it is closed.
        await using var made = await OpenAsync(partial, SqliteOpenMode.ReadWrite, cancellation);
        if (await AskAsync(made, "check_copy") is not "ok" and var broken)
            throw new StartRefusedException($"{file} is broken, and so would be its copy: {broken}");
        return Convert.ToInt64(await AskAsync(made, "count_all_jobs"), CultureInfo.InvariantCulture);
    }

    private static async Task CreatePrivateAsync(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        await new FileStream(path, options).DisposeAsync();
    }

    private static async Task<object?> AskAsync(
        SqliteConnection connection, string query, params (string Name, string Value)[] parameters)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Sql[query];
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value);
        return await command.ExecuteScalarAsync();
    }

    private static async Task<SqliteConnection> OpenAsync(string file, SqliteOpenMode mode, CancellationToken cancellation)
    {
        var place = new SqliteConnectionStringBuilder { DataSource = file, Mode = mode, Pooling = false, DefaultTimeout = Patience };
        var connection = new SqliteConnection(place.ConnectionString);
        await connection.OpenAsync(cancellation);
        return connection;
    }
}
