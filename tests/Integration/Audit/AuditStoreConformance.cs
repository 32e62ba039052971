using JobTracker.Audit;
using JobTracker.Grains.Audit;
using JobTracker.Grains.Storage.Audit;
using JobTracker.Tests.Integration.Storage;
using JobTracker.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Integration.Audit;

/// <summary>What both databases promise about audit events.</summary>
public abstract class AuditStoreConformance(JobDatabaseFixture fixture)
{
    private const long Unbounded = long.MaxValue;

    private readonly string _organization = JobRows.NewOrganization();

    private IAuditStore Store => fixture.Database.Audit;

    [Fact]
    public async Task An_event_comes_back_as_it_was_stored()
    {
        var whole = New() with
        {
            Entry = new AuditEntry
            {
                OrganizationId = _organization,
                Actor = "user ü 🚀",
                KeyId = "key-a",
                Address = "2001:db8::1",
                Action = AuditActions.KeyRotate,
                Subject = "key-b",
            },
            Outcome = AuditOutcome.Refused,
            Count = 1L << 40,
            Reason = "expired",
        };
        var bare = New();

        await Store.AddAsync([whole, bare], default);

        Assert.Equal([bare, whole], (await ListAsync(new AuditQuery())).Events);
    }

    [Fact]
    public async Task A_repetition_adds_what_is_missing_and_changes_nothing()
    {
        var first = New() with { Outcome = AuditOutcome.Refused, Count = 2 };
        var second = New();
        await Store.AddAsync([first], default);

        await Store.AddAsync([first with { Count = 9 }, second], default);

        Assert.Equal([second, first], (await ListAsync(new AuditQuery())).Events);
    }

    [Fact]
    public async Task Of_events_that_come_together_all_are_stored_or_none()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Store.AddAsync([New(), New() with { Count = 0 }], default));

        Assert.Empty((await ListAsync(new AuditQuery())).Events);
    }

    [Fact]
    public async Task An_action_ends_once()
    {
        var begun = New();
        await Store.AddAsync([begun], default);

        await Store.EndAsync(begun.Id, AuditOutcome.Refused, "why", default);
        await Store.EndAsync(begun.Id, AuditOutcome.Succeeded, null, default);
        await Store.EndAsync(AuditEventId.New(TimeProvider.System), AuditOutcome.Succeeded, null, default);

        Assert.Equal(
            [begun with { Outcome = AuditOutcome.Refused, Reason = "why" }], (await ListAsync(new AuditQuery())).Events);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_walk_in_either_direction_meets_every_event_once_and_comes_back(bool ascending)
    {
        var all = await AddedAsync(7);
        var query = new AuditQuery { Limit = 3, Ascending = ascending };
        AuditEvent[] expected = [.. ascending ? all : all.AsEnumerable().Reverse()];

        var first = await ListAsync(query);
        var second = await ListAsync(query with { After = first.Events[^1].Id });
        var third = await ListAsync(query with { After = second.Events[^1].Id });
        var back = await ListAsync(query with { Before = third.Events[0].Id });

        Assert.Equal(expected, first.Events.Concat(second.Events).Concat(third.Events));
        Assert.Equal((true, false, true, true, false, true), (
            first.HasNext, first.HasPrevious, second.HasNext, second.HasPrevious, third.HasNext, third.HasPrevious));
        Assert.Equal(second.Events.AsEnumerable(), back.Events.AsEnumerable());
        Assert.Equal((true, true), (back.HasNext, back.HasPrevious));
        Assert.Equal(expected[1..3], (await ListAsync(query with { After = expected[0].Id, Before = expected[3].Id })).Events);
    }

    [Fact]
    public async Task A_page_ends_at_its_bytes_and_has_one_event_at_least()
    {
        var all = await AddedAsync(3);
        var size = AuditBytes.Of(all[0]);

        var two = await Store.ListAsync(Own(new AuditQuery { Ascending = true }), size * 2, default);
        var one = await Store.ListAsync(Own(new AuditQuery { Ascending = true }), size - 1, default);

        Assert.Equal((2, true, size * 2), (two.Events.Length, two.HasNext, two.Bytes));
        Assert.Equal((1, true), (one.Events.Length, one.HasNext));
    }

    [Fact]
    public async Task Filters_are_of_the_action_and_the_moment()
    {
        var moment = TimeProvider.System.GetUtcNow().AddYears(1);
        var early = AtMoment(moment);
        var late = AtMoment(moment.AddMinutes(1));
        await Store.AddAsync([early, late with { Entry = late.Entry with { Action = AuditActions.KeyCreate } }], default);

        Assert.Equal([early.Id], await IdsAsync(new AuditQuery { Action = AuditActions.CallbackSecretRotate }));
        Assert.Equal([late.Id], await IdsAsync(new AuditQuery { Action = AuditActions.KeyCreate }));
        Assert.Equal([late.Id], await IdsAsync(new AuditQuery { CreatedAfter = late.Id.At }));
        Assert.Equal([early.Id], await IdsAsync(new AuditQuery { CreatedBefore = late.Id.At }));
    }

    [Fact]
    public async Task An_organizations_list_has_its_own_events_alone_and_what_belongs_to_none_has_a_list_of_its_own()
    {
        var own = New();
        var other = New() with { Entry = New().Entry with { OrganizationId = JobRows.NewOrganization() } };
        var nobodys = New() with { Entry = New().Entry with { OrganizationId = null } };
        await Store.AddAsync([own, other, nobodys], default);

        Assert.Equal([own.Id], await IdsAsync(new AuditQuery()));
        Assert.Equal([own.Id], await IdsAsync(new AuditQuery { Action = own.Entry.Action }));
        AuditQuery[] ofNobody = [new() { IsUnattributed = true }, new() { IsUnattributed = true, Action = own.Entry.Action }];
        foreach (var query in ofNobody)
        {
            var listed = await IdsAsync(query);
            Assert.Contains(nobodys.Id, listed);
            Assert.DoesNotContain(own.Id, listed);
            Assert.DoesNotContain(other.Id, listed);
        }
    }

    [Fact]
    public async Task Events_are_removed_step_by_step_once_they_were_kept_for_long_enough()
    {
        // Long ago, so that no other test's event is as old.
        var clock = new FakeTimeProvider(new DateTimeOffset(1990, 1, 1, 0, 0, 0, TimeSpan.Zero));
        var old = Enumerable.Range(0, 5).Select(i => AtMoment(clock.GetUtcNow().AddSeconds(-i))).ToList();
        var young = AtMoment(clock.GetUtcNow().AddMilliseconds(1));
        await Store.AddAsync([.. old, young], default);
        var options = Options.Create(new AuditOptions { Retention = TimeSpan.FromDays(1), RemovalStep = 2 });
        using var removal = new AuditRemoval(Store, options, clock, NullLogger<AuditRemoval>.Instance);

        clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(4, await removal.RemoveAsync(default));
        clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await removal.RemoveAsync(default));

        Assert.Equal([young.Id], await IdsAsync(new AuditQuery()));
    }

    private static AuditEvent Of(string organization, AuditEventId id) => new()
    {
        Id = id,
        Entry = new AuditEntry { OrganizationId = organization, Action = AuditActions.CallbackSecretRotate },
        Outcome = AuditOutcome.Begun,
    };

    private AuditEvent New() => Of(_organization, AuditEventId.New(TimeProvider.System));

    /// <summary>Of any moment: an id that is made ahead of time would take all later ones of this process with it.</summary>
    private AuditEvent AtMoment(DateTimeOffset moment) => Of(_organization, AuditEventId.FirstAt(moment));

    private async Task<List<AuditEvent>> AddedAsync(int count)
    {
        List<AuditEvent> added = [.. Enumerable.Range(0, count).Select(_ => New())];
        await Store.AddAsync(added, default);
        return added;
    }

    private AuditQuery Own(AuditQuery query) => query with { OrganizationId = _organization };

    private Task<AuditPage> ListAsync(AuditQuery query) => Store.ListAsync(Own(query), Unbounded, default);

    private async Task<AuditEventId[]> IdsAsync(AuditQuery query) => [.. (await ListAsync(query)).Events.Select(said => said.Id)];
}

public sealed class SqliteAuditStoreTests(SqliteJobFixture fixture) : AuditStoreConformance(fixture), IClassFixture<SqliteJobFixture>;

public sealed class PostgresAuditStoreTests(PostgresJobFixture fixture) : AuditStoreConformance(fixture), IClassFixture<PostgresJobFixture>;
