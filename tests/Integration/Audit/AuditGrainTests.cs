using JobTracker.Audit;
using JobTracker.Storage;
using JobTracker.Tests.Integration.Support;

namespace JobTracker.Tests.Integration.Audit;

/// <summary>What is promised of events to those who call the grain.</summary>
public abstract class AuditGrainTests(JobClusterFixture fixture) : JobClusterTests(fixture)
{
    private IAuditGrain Audit => Cluster.Client.GetGrain<IAuditGrain>(0);

    [Fact]
    public async Task An_action_stands_in_the_database_before_it_is_done_and_says_afterwards_how_it_ended()
    {
        var entry = Entry(Alice.OrganizationId);

        var id = await Audit.BeginAsync(entry);
        var begun = Assert.Single((await Cluster.Database.Audit.ListAsync(
            new AuditQuery { OrganizationId = Alice.OrganizationId }, long.MaxValue, Cancellation)).Events);
        await Audit.EndAsync(id, AuditOutcome.Succeeded, null);

        Assert.Equal(new AuditEvent { Id = id, Entry = entry, Outcome = AuditOutcome.Begun }, begun);
        Assert.Equal([begun with { Outcome = AuditOutcome.Succeeded }], (await Audit.ListAsync(Alice, new AuditQuery())).Events);
    }

    [Fact]
    public async Task Another_organizations_events_are_for_admins_alone()
    {
        var id = await Audit.BeginAsync(Entry(Alice.OrganizationId));
        var nobodys = new AuditEvent { Id = AuditEventId.New(TimeProvider.System), Entry = Entry(null), Outcome = AuditOutcome.Refused };
        await Audit.AppendAsync([nobodys]);
        var foreign = new AuditQuery { OrganizationId = Alice.OrganizationId };
        var unattributed = new AuditQuery { IsUnattributed = true, Limit = 1_000 };

        Assert.Empty((await Audit.ListAsync(Mallory, new AuditQuery())).Events);
        Assert.Empty((await Audit.ListAsync(Mallory, new AuditQuery { Before = id })).Events);
        Assert.Empty((await Audit.ListAsync(Mallory, new AuditQuery { After = id, Ascending = true })).Events);
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Audit.ListAsync(Mallory, foreign));
        await Assert.ThrowsAsync<UnauthorizedAccessException>(() => Audit.ListAsync(Mallory, unattributed));

        var admin = Mallory with { IsAdmin = true };
        Assert.Equal(id, Assert.Single((await Audit.ListAsync(admin, foreign)).Events).Id);
        Assert.Contains(nobodys, (await Audit.ListAsync(admin, unattributed)).Events);
        Assert.Empty((await Audit.ListAsync(admin, new AuditQuery())).Events);
    }

    [Fact]
    public async Task Text_that_no_database_takes_keeps_no_event_from_being_written()
    {
        var id = await Audit.BeginAsync(Entry(Alice.OrganizationId) with { Actor = "a\0b\uD83D", Subject = new string('x', 5_000) });
        await Audit.EndAsync(id, AuditOutcome.Refused, "\0");

        var said = Assert.Single((await Audit.ListAsync(Alice, new AuditQuery())).Events);
        Assert.Equal(("a\uFFFDb\uFFFD", 255, "\uFFFD"), (said.Entry.Actor, said.Entry.Subject!.Length, said.Reason));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1_001)]
    public async Task A_page_has_1_to_1000_events(int limit) =>
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Audit.ListAsync(Alice, new AuditQuery { Limit = limit }));

    [Fact]
    public async Task A_database_that_takes_no_event_is_said_to_be_away()
    {
        var id = await Audit.BeginAsync(Entry(Alice.OrganizationId));
        await Cluster.Database.QueryAsync("alter table audit_events rename to elsewhere");
        try
        {
            await Assert.ThrowsAsync<StorageUnavailableException>(() => Audit.BeginAsync(Entry(Alice.OrganizationId)));
            await Assert.ThrowsAsync<StorageUnavailableException>(() => Audit.EndAsync(id, AuditOutcome.Succeeded, null));
            await Assert.ThrowsAsync<StorageUnavailableException>(() => Audit.ListAsync(Alice, new AuditQuery()));
        }
        finally
        {
            await Cluster.Database.QueryAsync("alter table elsewhere rename to audit_events");
        }

        Assert.Equal(AuditOutcome.Begun, Assert.Single((await Audit.ListAsync(Alice, new AuditQuery())).Events).Outcome);
    }

    private static AuditEntry Entry(string? organization) => new()
    {
        OrganizationId = organization,
        Actor = "alice",
        KeyId = "key-a",
        Address = "192.0.2.1",
        Action = AuditActions.KeyRevoke,
        Subject = "key-b",
    };
}

public sealed class SqliteAuditGrainTests(SqliteCluster cluster) : AuditGrainTests(cluster), IClassFixture<SqliteCluster>;

public sealed class PostgresAuditGrainTests(PostgresCluster cluster) : AuditGrainTests(cluster), IClassFixture<PostgresCluster>;
