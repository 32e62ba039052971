using System.Data.Common;
using JobTracker.Grains.Storage;
using JobTracker.Grains.Storage.Audit;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Migrations;
using JobTracker.Grains.Storage.Operations;
using JobTracker.Grains.Storage.Sqlite;
using JobTracker.Jobs;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Logging.Abstractions;

namespace JobTracker.Tests.Support;

/// <summary>An embedded database in a folder of its own.</summary>
internal sealed class SqliteJobDatabase : JobDatabase
{
    private readonly DirectoryInfo _folder;
    private readonly SqliteJobStore _store;
    private readonly SqliteBatchStore _batches;
    private readonly SqliteAuditStore _audit;
    private readonly SqliteOperationStore _operations;

    private SqliteJobDatabase(DirectoryInfo folder, string path)
    {
        _folder = folder;
        Path = path;
        _store = new SqliteJobStore(path, new JobLimits().GroupDepth);
        _batches = new SqliteBatchStore(path, new StorageOptions().QueueTime);
        _audit = new SqliteAuditStore(path, new StorageOptions().QueueTime);
        _operations = new SqliteOperationStore(path, new StorageOptions().QueueTime);
    }

    public string Path { get; }

    public override IJobStore Store => _store;

    public override IBatchStore Batches => _batches;

    public override IAuditStore Audit => _audit;

    public override IOperationStore Operations => _operations;

    public static async Task<SqliteJobDatabase> CreateAsync()
    {
        var folder = Directory.CreateTempSubdirectory("jobtracker-jobs-");
        var path = System.IO.Path.Combine(folder.FullName, "jobs.db");
        await Migrator.ForSqlite(path, NullLogger.Instance, TimeProvider.System).ApplyAsync(CancellationToken.None);
        return new SqliteJobDatabase(folder, path);
    }

    public override async Task<DbConnection> ConnectAsync()
    {
        var connection = new SqliteConnection($"Data Source={Path};Pooling=false");
        await connection.OpenAsync();
        SqliteThread.AddFunctions(connection);
        return connection;
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await _store.DisposeAsync();
        await _batches.DisposeAsync();
        await _audit.DisposeAsync();
        await _operations.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
