using System.Globalization;
using JobTracker.Configuration;
using JobTracker.Grains.Storage.Sqlite;

namespace JobTracker.Silo.Storage;

/// <summary>
/// One process at a time works on an embedded file: a lock beside it (<c>.lock</c>), which the operating system takes back from whoever
/// dies, and who holds it (<c>.owner</c>), for people to read. Before anything else of the process starts; and whether the file can be
/// written is found out then, too.
/// </summary>
internal sealed class EmbeddedFileOwner(IConfiguration configuration, TimeProvider clock) : IHostedLifecycleService, IDisposable
{
    private readonly string _file = EmbeddedFile.Resolve(configuration);
    private FileStream? _lock;

    public async Task StartingAsync(CancellationToken cancellationToken)
    {
        try
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
            _lock = FileLock.TryTake(_file + ".lock") ?? throw new FileInUseException(
                $"{_file} is in use by {Holder()}: one process at a time works on an embedded file.");
            await File.WriteAllTextAsync(_file + ".owner", Own(), cancellationToken);
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new StartRefusedException($"{SqliteFile.Setting}: {_file} cannot be written: {problem.Message}", problem);
        }

        await SqliteFile.CheckAsync(_file, cancellationToken);
    }

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>After all others have stopped.</summary>
    public Task StoppedAsync(CancellationToken cancellationToken)
    {
        Dispose();
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _lock?.Dispose();
        _lock = null;
    }

    private string Own() => string.Create(
        CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName} since {clock.GetUtcNow():u}");

    /// <summary>The lock is taken before its holder is written down: for a moment nobody, or the one before, stands there.</summary>
    private string Holder() =>
        File.Exists(_file + ".owner") && File.ReadAllText(_file + ".owner").Trim() is { Length: > 0 } holder ? holder : "another process";
}

/// <summary>Another process works on the embedded file.</summary>
internal sealed class FileInUseException(string message) : StartRefusedException(message);
