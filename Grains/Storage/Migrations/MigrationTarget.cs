using DbUp.Builder;

namespace JobTracker.Grains.Storage.Migrations;

/// <summary>What the database engines do differently when they are migrated.</summary>
internal abstract class MigrationTarget
{
    /// <summary>Which database, for people: without credentials.</summary>
    public abstract string Name { get; }

    public abstract UpgradeEngineBuilder NewEngine();

    /// <summary>Keeps every other process out until it is disposed of.</summary>
    /// <exception cref="MigrationException">The lock stayed taken for longer than <paramref name="patience"/>.</exception>
    public abstract Task<IAsyncDisposable> LockAsync(TimeSpan patience, CancellationToken cancellationToken);

    /// <summary>
    /// Runs a script that keeps nobody out; several processes may ask for it at once, and one of them does it.
    /// </summary>
    /// <param name="isMissing">Asked before it is run, and while another process runs it.</param>
    /// <param name="done">Records that it is applied.</param>
    public virtual Task RunAsync(ConcurrentScript script, Func<bool> isMissing, Func<Task> done, CancellationToken cancellationToken) =>
        throw new NotSupportedException($"{Name} has no scripts like {script.Name}.");

    protected MigrationException LockTimedOut(TimeSpan patience, Exception? cause = null) =>
        new($"Another process has been migrating {Name} for {patience}: the lock on its migrations is still taken.", cause);
}
