using System.Collections.Immutable;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>What both databases promise about lists: every page is the one that the rows themselves make.</summary>
public abstract partial class JobListConformance(JobDatabaseFixture fixture) : IAsyncLifetime
{
    private const int Jobs = 72;
    private const int Scan = 10_000;

    private readonly JobId _parent = JobRows.IdAt(JobRows.Start.AddDays(-1), 0);

    private Func<JobQuery, JobQuery>[] Filters =>
    [
        query => query with { Statuses = [JobStatus.Running] },
        query => query with { Statuses = [JobStatus.Completed, JobStatus.Created, JobStatus.Completed] },
        query => query with { Statuses = [.. Enum.GetValues<JobStatus>()] },
        query => query with { JobType = "type1" },
        query => query with { UserId = "user'2" },
        query => query with { StopReason = "why" },
        query => query with { Background = true },
        query => query with { Background = false },
        query => query with { ParentId = _parent },
        query => query with { SourceId = "source 1" },
        query => query with { CreatedAfter = JobRows.Start.AddSeconds(5) },
        query => query with { CreatedBefore = JobRows.Start.AddSeconds(14) },
        query => query with { JobType = "nowhere" },
        query => query with { Tags = ["all"] },
        query => query with { Tags = ["t1"] },
        query => query with { Tags = ["t1", "all", "u0"] },
        query => query with { Tags = ["al"] },
        query => query with { AnyTags = ["t0", "u0"] },
        query => query with { AnyTags = ["u1", "nowhere", "all"] },
        query => query with { Callback = JobCallbackState.Owed },
        query => query with { Callback = JobCallbackState.Failed },
        query => query with { Callback = JobCallbackState.Delivered },
        query => query with { CallbackHost = "one.example" },
        query => query with { CompletedAfter = JobRows.Start.AddMinutes(1).AddSeconds(20) },
        query => query with { CompletedBefore = JobRows.Start.AddMinutes(1).AddSeconds(30) },
    ];

    private readonly string _organization = JobRows.NewOrganization();
    private ImmutableArray<JobSnapshot> _all;

    public async ValueTask InitializeAsync()
    {
        var jobs = Enumerable.Range(0, Jobs).Select(NewJob).ToList();
        var parent = await fixture.Database.InsertAsync(JobRows.New(_organization, _parent));
        await fixture.Database.WriteAllAsync([.. jobs.Select(job => job.Insert()), NewJob(0).With(Elsewhere).Insert()]);
        await fixture.Database.WriteAsync(parent.Remove());
        var changed = jobs.Select(
            (job, i) => job.Enter((JobStatus)(i % 7)).With(row => row with
            {
                StopReason = i % 4 == 0 ? "why" : null,
                CompletedAt = row.CompletedAt?.AddSeconds(i),
                Callback = row.Status.IsTerminal ? Told(row.Callback, i / 7) : row.Callback,
            })).ToList();
        await fixture.Database.WriteAllAsync([.. jobs.Zip(changed, (job, next) => job.Replace(next))]);
        _all = [.. changed.Select(job => job.Snapshot).OrderBy(job => job.Id)];
    }

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return default;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_filter_alone_and_every_pair_gives_the_page_of_the_rows(bool ascending)
    {
        foreach (var first in Filters)
        {
            foreach (var second in Filters)
                await CheckAsync(second(first(Query() with { Ascending = ascending, Limit = 5 })));
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Every_cursor_gives_the_page_of_the_rows(bool ascending)
    {
        // In the middle, at both ends, of jobs of no such filter, and of none at all.
        JobId[] cursors =
            [_all[0].Id, _all[20].Id, _all[21].Id, _all[50].Id, _all[^1].Id, _parent, JobRows.IdAt(JobRows.Start.AddDays(1), 0)];
        foreach (var filter in (Func<JobQuery, JobQuery>[])[query => query, Filters[1], Filters[3],
            query => Filters[10](Filters[11](query))])
        {
            var query = filter(Query() with { Ascending = ascending, Limit = 7 });
            foreach (var cursor in cursors)
            {
                await CheckAsync(query with { After = cursor });
                await CheckAsync(query with { Before = cursor });
                foreach (var other in cursors)
                    await CheckAsync(query with { After = cursor, Before = other });
            }
        }
    }

    [Fact]
    public async Task A_page_says_whether_there_is_more_at_its_limit_and_one_past()
    {
        foreach (var limit in (int[])[1, Jobs - 1, Jobs, Jobs + 1])
        {
            await CheckAsync(Query() with { Limit = limit });
            await CheckAsync(Query() with { Limit = limit, Statuses = [.. Enum.GetValues<JobStatus>()] });
            await CheckAsync(Query() with { Limit = limit, Before = JobRows.IdAt(JobRows.Start.AddDays(-2), 0) });
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_page_has_its_bytes_at_most_and_one_job_at_least(bool ascending)
    {
        var query = Query() with { Ascending = ascending, Limit = Jobs };
        var ordered = Ordered(query);
        var bytes = ordered.Take(10).Sum(job => JobBytes.Of(job));
        var backwards = query with { Before = ordered[^1].Id };
        var before = ordered.SkipLast(1).TakeLast(10).Sum(job => JobBytes.Of(job));

        Assert.Equal((10, true, bytes), await CountAsync(query, bytes));
        Assert.Equal((9, true, bytes - JobBytes.Of(ordered[9])), await CountAsync(query, bytes - 1));
        Assert.Equal((1, true, JobBytes.Of(ordered[0])), await CountAsync(query, 1));
        Assert.Equal(
            (Jobs, false), (await CountAsync(query, ordered.Sum(job => JobBytes.Of(job)))) is var (jobs, next, _) ? (jobs, next) : default);
        var page = await fixture.Database.Store.ListAsync(backwards, new(before - 1, Scan), CancellationToken.None);
        Assert.Equal(ordered.SkipLast(1).TakeLast(9).Select(job => job.Id), page.Jobs.Select(job => job.Id));
        Assert.True(page.HasPrevious);

        async Task<(int Jobs, bool HasNext, long Bytes)> CountAsync(JobQuery asked, long most)
        {
            var listed = await fixture.Database.Store.ListAsync(asked, new(most, Scan), CancellationToken.None);
            Assert.Equal(ordered.Take(listed.Jobs.Length).Select(job => job.Id), listed.Jobs.Select(job => job.Id));
            return (listed.Jobs.Length, listed.HasNext, listed.Bytes);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_walk_there_and_back_sees_every_job_once_each_way(bool ascending)
    {
        var query = Query() with { Ascending = ascending, Limit = 10 };
        var there = new List<JobSnapshot>();
        var page = await ListAsync(query);
        there.AddRange(page.Jobs);
        while (page.HasNext)
            there.AddRange((page = await ListAsync(query with { After = there[^1].Id })).Jobs);

        var back = page.Jobs.ToList();
        while (page.HasPrevious && back[0].Id != there[0].Id)
            back.InsertRange(0, (page = await ListAsync(query with { Before = back[0].Id })).Jobs);

        Assert.Equal(Ordered(query).Select(job => job.Id), there.Select(job => job.Id));
        Assert.Equal(there.Select(job => job.Id), back.Select(job => job.Id));
        Assert.False(page.HasPrevious);
    }

    [Fact]
    public async Task A_listed_job_is_the_whole_snapshot()
    {
        var page = await ListAsync(Query() with { Ascending = true, Limit = Jobs });

        Assert.Equal(_all.Select(job => Text(job)), page.Jobs.Select(job => Text(job)));
    }

    private static string Text(JobSnapshot job) => System.Text.Json.JsonSerializer.Serialize(job);

    private JobQuery Query() => new() { OrganizationId = _organization };

    private Task<JobPage> ListAsync(JobQuery query) => fixture.Database.Store.ListAsync(query, new(8 << 20, Scan), CancellationToken.None);

    private async Task CheckAsync(JobQuery query)
    {
        var page = await ListAsync(query);
        var (jobs, next, previous) = Expected(query);
        Assert.True(
            jobs.SequenceEqual(page.Jobs.Select(job => job.Id)) && next == page.HasNext && previous == page.HasPrevious,
            $"""
            {query} {string.Join(' ', query.Statuses)}
            expected {string.Join(' ', jobs)} next {next} previous {previous}
            actual   {string.Join(' ', page.Jobs.Select(job => job.Id))} next {page.HasNext} previous {page.HasPrevious}
            """);
    }

    private (List<JobId> Jobs, bool HasNext, bool HasPrevious) Expected(JobQuery query)
    {
        var between = Ordered(query).Select(job => job.Id)
            .Where(id => query.After is not { } after || (query.Ascending ? id > after : id < after))
            .Where(id => query.Before is not { } before || (query.Ascending ? id < before : id > before))
            .ToList();
        return query is { Before: not null, After: null }
            ? (between[Math.Max(0, between.Count - query.Limit)..], true, between.Count > query.Limit)
            : (between[..Math.Min(between.Count, query.Limit)], between.Count > query.Limit, query.After is not null);
    }

    private List<JobSnapshot> Ordered(JobQuery query)
    {
        var jobs = _all.Where(job => Matches(job, query)).ToList();
        if (!query.Ascending)
            jobs.Reverse();
        return jobs;
    }

    private static bool Matches(JobSnapshot job, JobQuery query) =>
        (query.Statuses.IsEmpty || query.Statuses.Contains(job.Status))
        && (query.JobType is null || query.JobType == job.JobType)
        && (query.UserId is null || query.UserId == job.UserId)
        && (query.StopReason is null || query.StopReason == job.StopReason)
        && (query.Background is null || query.Background == job.Background)
        && (query.ParentId is null || query.ParentId == job.ParentId)
        && (query.SourceId is null || job.Metadata.Contains($"\"{query.SourceId}\"", StringComparison.Ordinal))
        && query.Tags.All(job.Tags.Contains)
        && (query.AnyTags.IsEmpty || query.AnyTags.Any(job.Tags.Contains))
        && (query.Callback is null || query.Callback == StateOf(job))
        && (query.CallbackHost is null || (job.Callback is { } callback && new Uri(callback.Url).Host == query.CallbackHost))
        && (query.CompletedAfter is not { } from || job.CompletedAt >= from)
        && (query.CompletedBefore is not { } until || job.CompletedAt < until)
        && (query.CreatedAfter is not { } after || job.Id.CreatedAt >= after)
        && (query.CreatedBefore is not { } before || job.Id.CreatedAt < before);

    private static JobCallbackState? StateOf(JobSnapshot job) => job switch
    {
        { Callback.NextAttemptAt: not null } => JobCallbackState.Owed,
        { Callback.DeliveredAt: not null } => JobCallbackState.Delivered,
        { Callback.Attempts: > 0, Status.IsTerminal: true } => JobCallbackState.Failed,
        _ => null,
    };

    /// <summary>Four jobs in each quarter of a second, so that ids of one moment are told apart too.</summary>
    private Job NewJob(int i) => JobRows.New(_organization, JobRows.IdAt(JobRows.Start.AddMilliseconds(i / 4 * 1000), (ushort)i))
        .With(row => row with
        {
            CreatedAt = row.Id.CreatedAt,
            JobType = $"type{i % 3}",
            UserId = $"user'{i % 5}",
            CreatedById = $"user'{i % 5}",
            Background = i % 6 < 2,
            ParentId = i % 5 == 0 ? _parent : null,
            Tags = i % 8 == 7 ? [] : ["all", $"t{i % 2}", $"u{i % 3}"],
            Callback = i % 3 == 2
                ? null
                : new JobCallback
                {
                    Url = i % 2 == 0 ? "https://ONE.example/a?b=c" : "http://two.example:81",
                    Events = [JobStatus.Completed],
                },
            Metadata = i % 3 == 0 ? $$"""{"source_id":"source {{i % 2}}"}""" : "{}",
        });

    /// <summary>To be told, given up, told, told again, and never to be told.</summary>
    private static JobCallback? Told(JobCallback? callback, int kind) => callback is null ? null : (kind % 5) switch
    {
        0 => callback with { NextAttemptAt = JobRows.Start },
        1 => callback with { Attempts = 3, Error = "\"next_attempt_at\":\"x" },
        2 => callback with { Attempts = 1, DeliveredAt = JobRows.Start },
        3 => callback with { Attempts = 10, DeliveredAt = JobRows.Start, NextAttemptAt = JobRows.Start },
        _ => callback,
    };

    private static JobSnapshot Elsewhere(JobSnapshot row) => row with { OrganizationId = JobRows.NewOrganization(), ParentId = null };
}
