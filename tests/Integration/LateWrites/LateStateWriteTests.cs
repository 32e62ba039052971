using JobTracker.Batches;
using JobTracker.Grains.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Jobs;
using JobTracker.Keys;
using JobTracker.Storage;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.LateWrites;

/// <summary>The same of what else is stored: API keys, as all that Orleans' own storage keeps, and batches.</summary>
public sealed class LateStateWriteTests : IAsyncLifetime
{
    private SilentCluster _cluster = null!;

    public async ValueTask InitializeAsync() => _cluster = await SilentCluster.StartAsync();

    public ValueTask DisposeAsync() => _cluster.DisposeAsync();

    [Fact]
    public async Task A_key_s_revocation_whose_outcome_was_not_known_does_not_come_after_the_key_was_read()
    {
        var key = ApiKey.New();
        var grain = _cluster.Grains.GetGrain<IApiKeyGrain>(key.Id.ToString());
        await grain.CreateAsync(new CreateKey("org-1", "user-1", "name", [Scopes.JobsRead], ExpiresAt: null, key.Hash(), "user-1"));
        _cluster.Proxy.Freeze();
        _cluster.Proxy.Refuses = true;
        await Assert.ThrowsAsync<OutcomeUnknownException>(
            () => grain.RevokeAsync(new KeyManager(SilentCluster.Caller, [Scopes.Admin])));
        await Assert.ThrowsAsync<StorageUnavailableException>(() => grain.GetAsync(SilentCluster.Caller));

        _cluster.Proxy.Refuses = false;
        Assert.Null((await grain.GetAsync(SilentCluster.Caller))!.RevokedAt);
        var read = await PayloadAsync();
        await _cluster.ThawAsync();

        Assert.Equal(read, await PayloadAsync());
    }

    /// <summary>Its transaction is open, and its commit is on the way.</summary>
    [Fact]
    public async Task A_batch_whose_commit_had_no_answer_is_read_when_its_transaction_has_ended()
    {
        var address = _cluster.Database.Address;
        await using var proxy = FreezingProxy.Start(new Npgsql.NpgsqlConnectionStringBuilder(address).Port);
        await using var pool = PostgresPool.Open(new Npgsql.NpgsqlConnectionStringBuilder(address)
        { Host = "127.0.0.1", Port = proxy.Port, CommandTimeout = 1 }.ConnectionString);
        var draft = Batch.Draft(
            BatchId.New(TimeProvider.System), JobId.New(TimeProvider.System), SilentCluster.Caller, "main",
            new BeginBatch { Provider = "main" }, TimeProvider.System.GetUtcNow());
        var store = new PostgresBatchStore(pool);
        await store.InsertAsync(draft, default);
        using var cell = new BatchCell(draft.Id, store, TimeProvider.System, forget: () => { });
        await cell.LoadAsync(default);
        Task changing;
        await using (var other = await _cluster.Database.ConnectAsync())
        {
            await using var transaction = await other.BeginTransactionAsync();
            await JobDatabase.QueryAsync(other, "select 1 from batches for update");
            changing = cell.ChangeAsync(batch => batch with { Snapshot = batch.Snapshot with { ProviderBatchId = "late" } });
            await Until.TrueAsync(async () => (await _cluster.Database.QueryAsync(
                "select 1 from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()")).Count > 0);
            proxy.Freeze();
            await transaction.RollbackAsync();
        }

        await Assert.ThrowsAsync<OutcomeUnknownException>(() => changing);
        Assert.True(cell.IsLost);
        Assert.False(cell.Settled.IsCompleted);
        pool.Clear();
        await proxy.ThawAsync().Soon();
        await cell.Settled.Soon();

        Assert.Equal("late", (await store.ReadAsync(draft.Id, default))!.Snapshot.ProviderBatchId);
    }

    [Fact]
    public async Task A_batch_whose_row_is_ahead_of_what_is_known_of_it_is_read_again()
    {
        var store = _cluster.Database.Batches;
        var draft = Batch.Draft(
            BatchId.New(TimeProvider.System), JobId.New(TimeProvider.System), SilentCluster.Caller, "main",
            new BeginBatch { Provider = "main" }, TimeProvider.System.GetUtcNow());
        await store.InsertAsync(draft, default);
        using var cell = new BatchCell(draft.Id, store, TimeProvider.System, forget: () => { });
        await cell.LoadAsync(default);
        Assert.False(await cell.ReadAgainAsync());
        using var other = new BatchCell(draft.Id, store, TimeProvider.System, forget: () => { });
        await other.LoadAsync(default);
        await other.ChangeAsync(batch => batch with { Snapshot = batch.Snapshot with { ProviderBatchId = "other" } });

        Assert.True(await cell.ReadAgainAsync());

        Assert.Equal("other", cell.Current!.Snapshot.ProviderBatchId);
    }

    private async Task<string> PayloadAsync() => string.Join('\n', (await _cluster.Database.QueryAsync(
        "select convert_from(payload, 'UTF8') from orleans_grain_storage where state_name like '%api_key%'")).Select(row => row[0]));
}
