using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>The database of one test class.</summary>
public abstract class JobDatabaseFixture : IAsyncLifetime
{
    internal JobDatabase Database { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Database = await CreateAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Database.DisposeAsync();
        await EndAsync();
    }

    internal abstract Task<JobDatabase> CreateAsync();

    /// <summary>What stands before the database.</summary>
    private protected virtual ValueTask EndAsync() => default;
}

public sealed class PostgresJobFixture : JobDatabaseFixture
{
    internal override async Task<JobDatabase> CreateAsync() => await PostgresJobDatabase.CreateAsync();
}

public sealed class SqliteJobFixture : JobDatabaseFixture
{
    internal override async Task<JobDatabase> CreateAsync() => await SqliteJobDatabase.CreateAsync();
}
