using JobTracker.Callers;
using JobTracker.Grains.Operations;
using JobTracker.Grains.Operations.Life;
using JobTracker.Grains.Storage.Operations;
using JobTracker.Jobs;
using JobTracker.Operations;
using JobTracker.Tests.Integration.Storage;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Operations;

/// <summary>What both databases promise about operations.</summary>
public abstract class OperationStoreConformance(JobDatabaseFixture fixture)
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private readonly string _organization = JobRows.NewOrganization();

    private IOperationStore Store => fixture.Database.Operations;

    [Fact]
    public async Task An_operation_comes_back_as_it_was_stored_with_the_next_version_of_it()
    {
        var added = await AddedAsync("key");
        var next = added.WithNamedStep(1, Now).NextVersion();
        Assert.True(await Store.SaveAsync(next, [], default));

        Assert.Equal(OperationJson.Of(next), OperationJson.Of((await Store.ReadAsync(added.Snapshot.Id, default))!));
        Assert.Null(await Store.ReadAsync(OperationId.New(TimeProvider.System), default));
    }

    [Fact]
    public async Task A_step_from_an_old_version_is_not_stored_and_neither_are_its_errors()
    {
        var added = await AddedAsync();
        Assert.True(await Store.SaveAsync(added.NextVersion(), [], default));

        Assert.False(await Store.SaveAsync(added.WithNamedStep(1, Now).NextVersion(), [Error(1)], default));

        Assert.Equal((2, OperationStatus.Queued), await StoredAsync(added));
        Assert.Empty(await Store.ReadErrorsAsync(added.Snapshot.Id, after: 0, limit: 9, default));
    }

    [Fact]
    public async Task Errors_come_in_their_order_behind_a_place_and_a_place_is_taken_once()
    {
        var added = await AddedAsync();
        OperationError[] errors = [Error(1), Error(2), Error(3)];
        Assert.True(await Store.SaveAsync(added.NextVersion(), [errors[2], errors[0]], default));
        Assert.True(await Store.SaveAsync(added.NextVersion().NextVersion(), [errors[1], Error(1)], default));

        Assert.Equal(errors, await Store.ReadErrorsAsync(added.Snapshot.Id, after: 0, limit: 9, default));
        Assert.Equal(errors[1..2], await Store.ReadErrorsAsync(added.Snapshot.Id, after: 1, limit: 1, default));
    }

    [Fact]
    public async Task No_more_are_open_than_may_and_one_that_has_ended_makes_room()
    {
        var (first, second) = (await AddedAsync(), await AddedAsync());
        Assert.Equal(OperationAdded.TooMany, await Store.AddAsync(New(), most: 2, default));
        Assert.Equal([first.Snapshot.Id, second.Snapshot.Id], await Store.ReadOpenAsync(_organization, limit: 9, default));
        Assert.Contains(_organization, await Store.ReadOpenOrganizationsAsync(limit: 1_000, default));

        Assert.True(await Store.SaveAsync(first.Ended(OperationStatus.Cancelled, Now).NextVersion(), [], default));

        Assert.Equal([second.Snapshot.Id], await Store.ReadOpenAsync(_organization, limit: 9, default));
        Assert.Equal(OperationAdded.Stored, await Store.AddAsync(New(), most: 2, default));
    }

    [Fact]
    public async Task A_key_is_one_operations_in_its_organization_and_says_what_was_asked()
    {
        var added = await AddedAsync("key");

        Assert.Equal(OperationAdded.KeyTaken, await Store.AddAsync(New("key"), most: 9, default));
        Assert.Equal((added.Snapshot.Id, added.Fingerprint), await Store.FindKeyAsync(_organization, "key", default));
        Assert.Null(await Store.FindKeyAsync(_organization, "another", default));
        Assert.Null(await Store.FindKeyAsync(JobRows.NewOrganization(), "key", default));
    }

    [Fact]
    public async Task A_page_has_its_organizations_own_in_the_order_asked_for()
    {
        var ids = new List<OperationId>();
        for (var i = 0; i < 3; i++)
            ids.Add((await AddedAsync()).Snapshot.Id);

        Assert.Equal([ids[2], ids[1]], await ListAsync(new OperationQuery { Limit = 2 }));
        Assert.Equal([ids[0]], await ListAsync(new OperationQuery { Limit = 2, After = ids[1] }));
        Assert.Equal([ids[1], ids[2]], await ListAsync(new OperationQuery { After = ids[0], Ascending = true }));
        Assert.Empty((await Store.ListAsync(JobRows.NewOrganization(), new OperationQuery(), default)).Operations);

        async Task<OperationId[]> ListAsync(OperationQuery query) =>
            [.. (await Store.ListAsync(_organization, query, default)).Operations.Select(operation => operation.Id)];
    }

    [Fact]
    public async Task What_ended_before_a_moment_goes_with_its_errors_and_what_is_open_or_younger_stays()
    {
        var (old, young, open) = (await AddedAsync(), await AddedAsync(), await AddedAsync());
        Assert.True(await Store.SaveAsync(old.Ended(OperationStatus.Completed, Now).NextVersion(), [Error(1)], default));
        Assert.True(await Store.SaveAsync(young.Ended(OperationStatus.Completed, Now.AddSeconds(1)).NextVersion(), [Error(1)], default));

        await Store.RemoveAsync(Now.AddSeconds(1), limit: 1_000, default);

        Assert.Null(await Store.ReadAsync(old.Snapshot.Id, default));
        Assert.Empty(await Store.ReadErrorsAsync(old.Snapshot.Id, after: 0, limit: 9, default));
        Assert.Single(await Store.ReadErrorsAsync(young.Snapshot.Id, after: 0, limit: 9, default));
        Assert.NotNull(await Store.ReadAsync(open.Snapshot.Id, default));
    }

    private async Task<Operation> AddedAsync(string? key = null)
    {
        var operation = New(key);
        Assert.Equal(OperationAdded.Stored, await Store.AddAsync(operation, most: 9, default));
        return operation;
    }

    private Operation New(string? key = null)
    {
        var command = new StartOperation
        {
            Action = OperationAction.Cancel,
            JobIds = [JobId.New(TimeProvider.System), JobId.New(TimeProvider.System)],
            Reason = "\u0001 ü 🚀",
            IdempotencyKey = key,
        };
        return StartRules.Begin(
            OperationId.New(TimeProvider.System), new Caller(_organization, "u"), command, FilterText.FingerprintOf(command));
    }

    private async Task<(long Version, OperationStatus Status)> StoredAsync(Operation operation)
    {
        var stored = (await Store.ReadAsync(operation.Snapshot.Id, default))!.Snapshot;
        return (stored.Version, stored.Status);
    }

    private static OperationError Error(long place) => new(place, new JobId(new Guid((int)place, 0, 0, new byte[8])), $"error {place}");
}

public sealed class PostgresOperationStoreTests(PostgresJobFixture fixture)
    : OperationStoreConformance(fixture), IClassFixture<PostgresJobFixture>;

public sealed class SqliteOperationStoreTests(SqliteJobFixture fixture)
    : OperationStoreConformance(fixture), IClassFixture<SqliteJobFixture>;
