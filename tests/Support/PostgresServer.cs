using JobTracker.Grains.Storage.Migrations;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace JobTracker.Tests.Support;

/// <summary>
/// A PostgreSQL server for tests: a private one from the machine's binaries, durable as in production (fsync and synchronous_commit on), on
/// a loopback port of its own; or the existing one that JOBTRACKER_TEST_POSTGRES (a connection string that may create databases) names.
/// A private server dies with the test process, even when that is killed.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    public const string ExistingServerVariable = "JOBTRACKER_TEST_POSTGRES";

    private static readonly Lazy<Task<PostgresServer>> LazyShared = new(StartAsync);

    private readonly NpgsqlConnectionStringBuilder _address;
    private readonly PostgresProcess? _process;
    private readonly Lazy<Task<string>> _template;

    private PostgresServer(NpgsqlConnectionStringBuilder address, PostgresProcess? process)
    {
        _address = address;
        _process = process;
        _template = new(CreateTemplateAsync);
    }

    /// <summary>One server for the whole test process, started by whoever asks first; nobody disposes of it.</summary>
    public static Task<PostgresServer> Shared => LazyShared.Value;

    public static Task<PostgresServer> StartAsync() =>
        Environment.GetEnvironmentVariable(ExistingServerVariable) is { Length: > 0 } existing
        ? Task.FromResult(new PostgresServer(new(existing), process: null))
        : StartPrivateAsync();

    /// <summary>A server that may be stopped and started, whatever JOBTRACKER_TEST_POSTGRES says.</summary>
    public static async Task<PostgresServer> StartPrivateAsync()
    {
        var process = await PostgresProcess.StartNewAsync();
        return new PostgresServer(new() { Host = "127.0.0.1", Port = process.Port, Username = "postgres" }, process);
    }

    /// <summary>On 127.0.0.1.</summary>
    public int Port => _address.Port;

    public string ConnectionString(string database) =>
        new NpgsqlConnectionStringBuilder(_address.ConnectionString) { Database = database }.ConnectionString;

    /// <summary>Creates an empty database under a fresh name and returns the name.</summary>
    public Task<string> CreateDatabaseAsync() => CreateFromAsync("template0");

    /// <summary>Creates a database that has every migration and returns its name; a copy of a template, so it costs milliseconds.</summary>
    public async Task<string> CreateMigratedDatabaseAsync() => await CreateFromAsync(await _template.Value);

    /// <summary>Stops the server as a crash would (pg_ctl stop -m immediate); refused for an existing server.</summary>
    public Task StopImmediateAsync() => OwnProcess.StopImmediateAsync();

    /// <summary>Starts the stopped server again, on the same data and port; refused for an existing server.</summary>
    public Task StartAgainAsync() => OwnProcess.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
    }

    private PostgresProcess OwnProcess =>
        _process ?? throw new InvalidOperationException($"The server that {ExistingServerVariable} names is not ours to stop or start.");

    private async Task<string> CreateTemplateAsync()
    {
        var template = await CreateDatabaseAsync();
        // Unpooled: a template cannot be copied while a connection to it is open.
        var unpooled = new NpgsqlConnectionStringBuilder(ConnectionString(template)) { Pooling = false };
        await Migrator.ForPostgres(unpooled.ConnectionString, NullLogger.Instance).ApplyAsync(CancellationToken.None);
        return template;
    }

    private async Task<string> CreateFromAsync(string template)
    {
        var name = $"test_{System.Security.Cryptography.RandomNumberGenerator.GetHexString(12, lowercase: true)}";
        var maintenance = new NpgsqlConnectionStringBuilder(ConnectionString("postgres")) { Pooling = false };
        await using var connection = new NpgsqlConnection(maintenance.ConnectionString);
        await connection.OpenAsync();
        await using var create = new NpgsqlCommand($"create database {name} template {template}", connection);
        await create.ExecuteNonQueryAsync();
        return name;
    }
}
