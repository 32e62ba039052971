using JobTracker.Silo.Storage;

namespace JobTracker.Silo;

/// <summary>
/// Starts Orleans behind all else of the process, HTTP included, when the database is there and up to date: until then the process is alive
/// and not ready. It stops as it would have otherwise, behind HTTP.
/// </summary>
internal sealed class SiloStart(DatabaseMigration migration, IHostedService orleans) : IHostedLifecycleService
{
    private volatile string? _phase = "The process is starting.";
    private bool _isStarted;

    /// <summary>What the start waits for, in a sentence for anybody; null: nothing, it is done.</summary>
    public string? WaitsFor => migration.WaitsFor is { } cause ? $"The silo waits for its database. {cause}" : _phase;

    public async Task StartedAsync(CancellationToken cancellationToken)
    {
        await migration.RunAsync(cancellationToken);
        _phase = "The silo is joining its cluster.";
        await orleans.StartAsync(cancellationToken);
        _isStarted = true;
        _phase = null;
    }

    public Task StopAsync(CancellationToken cancellationToken) =>
        _isStarted ? orleans.StopAsync(cancellationToken) : Task.CompletedTask;

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
