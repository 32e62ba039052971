using System.Globalization;

namespace JobTracker.Silo.Storage;

/// <summary>
/// One process at a time works on an embedded file: a lock beside it (<c>.lock</c>), which the operating system takes back from whoever
/// dies, and who holds it (<c>.owner</c>), for people to read. Before anything else of the process starts.
/// </summary>
internal sealed class EmbeddedFileOwner(IConfiguration configuration, TimeProvider clock) : IHostedLifecycleService, IDisposable
{
    private readonly string _file = Path.GetFullPath(DatabaseMigration.SqlitePath(configuration));
    private FileStream? _lock;

    public Task StartingAsync(CancellationToken cancellationToken)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(_file)!);
        try
        {
            _lock = new FileStream(_file + ".lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            throw new FileInUseException($"{_file} is in use by {Holder()}: one process at a time works on an embedded file.");
        }

        File.WriteAllText(
            _file + ".owner",
            string.Create(
                CultureInfo.InvariantCulture, $"process {Environment.ProcessId} on {Environment.MachineName} since {clock.GetUtcNow():u}"));
        return Task.CompletedTask;
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

    private string Holder() => File.Exists(_file + ".owner") ? File.ReadAllText(_file + ".owner").Trim() : "another process";
}

/// <summary>Another process works on the embedded file.</summary>
internal sealed class FileInUseException(string message) : Exception(message);
