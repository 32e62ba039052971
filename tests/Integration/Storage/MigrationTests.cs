using DbUp.Engine;
using JobTracker.Grains.Storage.Migrations;
using Microsoft.Extensions.Logging.Abstractions;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>
/// What both engines promise when a silo migrates its database; each engine says how to open a database and look into it.
/// </summary>
public abstract class MigrationTests : IAsyncLifetime
{
    private static readonly SqlScript First = new("0001_first.sql", "create table first (id integer primary key)");
    private static readonly SqlScript Broken = new(
        "0002_broken.sql", "create table half (id integer); insert into no_such_table values (1)");
    private static readonly SqlScript Mended = new("0002_broken.sql", "create table half (id integer)");

    [Fact]
    public async Task A_fresh_database_gets_every_script_once_and_in_order()
    {
        await Migrator().ApplyAsync(Cancellation);
        await Migrator().ApplyAsync(Cancellation);

        Assert.Equal(Scripts.Select(script => script.Name), await JournalAsync());
        Assert.StartsWith("0001_orleans.sql", (await JournalAsync())[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Silos_that_start_together_apply_each_script_once()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Factory.StartNew(
            () => Migrator().ApplyAsync(Cancellation), Cancellation, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));

        Assert.Equal(Scripts.Select(script => script.Name), await JournalAsync());
    }

    [Fact]
    public async Task A_silo_gives_up_waiting_for_the_lock_with_a_clear_error()
    {
        await using var taken = await Target().LockAsync(TimeSpan.FromSeconds(10), Cancellation);

        var error = await Assert.ThrowsAsync<MigrationException>(
            () => Migrator(TimeSpan.FromMilliseconds(100), First).ApplyAsync(Cancellation));

        Assert.Contains("Another process has been migrating", error.Message, StringComparison.Ordinal);
        Assert.Empty(await JournalAsync());
    }

    [Fact]
    public async Task A_failed_script_is_named_and_leaves_nothing_behind()
    {
        var error = await Assert.ThrowsAsync<MigrationException>(() => Migrator(First, Broken).ApplyAsync(Cancellation));

        Assert.Contains("0002_broken.sql", error.Message, StringComparison.Ordinal);
        Assert.Contains("no_such_table", error.Message, StringComparison.Ordinal);
        Assert.Equal(["0001_first.sql"], await JournalAsync());
        await Migrator(First, Mended).ApplyAsync(Cancellation);
        Assert.Equal(["0001_first.sql", "0002_broken.sql"], await JournalAsync());
    }

    [Fact]
    public async Task Without_automatic_migration_missing_scripts_are_named_and_nothing_changes()
    {
        await Migrator(First).ApplyAsync(Cancellation);

        var error = Assert.ThrowsAny<MigrationException>(() => Migrator(First, Mended).EnsureUpToDate());

        Assert.Contains("0002_broken.sql", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("0001_first.sql", error.Message, StringComparison.Ordinal);
        Assert.Equal(["0001_first.sql"], await JournalAsync());
        Migrator(First).EnsureUpToDate();
    }

    [Fact]
    public async Task A_database_that_a_newer_version_migrated_is_accepted()
    {
        await Migrator(First, Mended).ApplyAsync(Cancellation);

        await Migrator(First).ApplyAsync(Cancellation);
        Migrator(First).EnsureUpToDate();

        Assert.Equal(["0001_first.sql", "0002_broken.sql"], await JournalAsync());
    }

    [Fact]
    public async Task The_jobs_of_batches_that_are_there_follow_them()
    {
        await Migrator([.. Scripts.Take(4)]).ApplyAsync(Cancellation);
        var (batch, job, other) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var id in (Guid[])[job, other])
            await TextsAsync($"""
                insert into jobs (id, version, write_id, organization_id, user_id, job_type, status, background, created_at, updated_at, created_by_id, last_updated_by_id, history, metadata)
                values ('{id}', 1, '{id}', 'o', 'u', 'batch', 'pending', {Background}, {Moment}, {Moment}, 'u', 'u', '[]', '{"{}"}')
                """);
        var state = $$$"""{"snapshot":{"id":"batch-{{{batch}}}","job_id":"job-{{{job}}}","metadata":"\u0000"}}""";
        await TextsAsync($"insert into batches (id, version, organization_id, provider, status, phase, state) values ('{batch}', 1, 'o', 'p', 'running', 'polling', '{state}')");

        await Migrator().ApplyAsync(Cancellation);

        Assert.Equal([$"{job} {batch}"], await TextsAsync(
            "select cast(id as text) || ' ' || cast(batch_id as text) from jobs where batch_id is not null"));
    }

    [Fact]
    public async Task Creates_whose_outcome_is_not_known_are_found_after_the_migration()
    {
        await Migrator([.. Scripts.TakeWhile(script => !script.Name.EndsWith("_unresolved_creates.sql", StringComparison.Ordinal))])
            .ApplyAsync(Cancellation);
        var (lost, waiting) = (Guid.CreateVersion7(), Guid.CreateVersion7());
        foreach (var (id, posted) in new[] { (lost, "\"posted_at\":\"2026-01-01T00:00:00+00:00\","), (waiting, "") })
        {
            var state = $$$"""{"snapshot":{"attempts":2,"metadata":"\u0000"},{{{posted}}}"submitted_items":7}""";
            await TextsAsync($"insert into batches (id, version, organization_id, provider, status, phase, state) values ('{id}', 1, 'o', 'p', 'pending', 'submitting', '{state}')");
        }

        await Migrator().ApplyAsync(Cancellation);

        Assert.Equal([$"{lost} 7 2"], await TextsAsync(
            "select cast(id as text) || ' ' || cast(posted_items as text) || ' ' || cast(posted_attempt as text) from batches where posted_items is not null"));
    }

    public abstract ValueTask InitializeAsync();

    public abstract ValueTask DisposeAsync();

    protected static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    internal abstract IReadOnlyList<SqlScript> Scripts { get; }

    internal abstract MigrationTarget Target();

    /// <summary>The names in the journal, in the order of their application; none if there is no journal.</summary>
    protected abstract Task<IReadOnlyList<string>> JournalAsync();

    /// <summary>How the engine spells a job's columns.</summary>
    protected abstract string Background { get; }

    protected abstract string Moment { get; }

    protected abstract Task<IReadOnlyList<string>> TextsAsync(string sql);

    private Migrator Migrator() => new(Target(), Scripts, NullLogger.Instance);

    private Migrator Migrator(params SqlScript[] scripts) => new(Target(), scripts, NullLogger.Instance);

    private Migrator Migrator(TimeSpan lockPatience, params SqlScript[] scripts) =>
        new(Target(), scripts, NullLogger.Instance, lockPatience);
}
