using JobTracker.Batches;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>Every column comes back as it was stored.</summary>
public abstract partial class JobStoreConformance
{
    private const string Strange = "Zoë 🚀 \u202Eآ 中 ' \" \\ ; -- $1 {0} %\n\t";

    private static readonly DateTimeOffset Precise = JobRows.Start.AddTicks(1_234_560);

    [Fact]
    public async Task A_plain_new_job_comes_back_with_its_nulls()
    {
        var job = await Database.InsertAsync(JobRows.New(_organization));

        Assert.Equal(job.Text(), (await Database.ReadAsync(job.Snapshot.Id)).Text());
    }

    [Fact]
    public async Task A_new_job_comes_back_with_every_column()
    {
        var job = await Database.InsertAsync(await RichAsync());

        Assert.Equal(job.Text(), (await Database.ReadAsync(job.Snapshot.Id)).Text());
    }

    [Fact]
    public async Task A_changed_job_comes_back_with_every_column_and_can_lose_them_again()
    {
        var first = await Database.InsertAsync(await RichAsync());
        var full = first.Next(Ended) with { DueAt = Precise.AddHours(2) };
        Assert.True((await Database.WriteAsync(first.Replace(full))) is Grains.Storage.Jobs.JobWriteResult.Stored);
        Assert.Equal(full.Text(), (await Database.ReadAsync(first.Snapshot.Id)).Text());

        var bare = full.Next(row => row with
        {
            ExpiresAt = null,
            HeartbeatAt = null,
            StopReason = null,
            Error = null,
            Progress = null,
            Callback = null,
            TtftNs = null,
            TotalDurationNs = null,
            Metadata = "{}",
        }) with
        { DueAt = null };
        await Database.WriteAsync(full.Replace(bare));
        Assert.Equal(bare.Text(), (await Database.ReadAsync(first.Snapshot.Id)).Text());
    }

    [Fact]
    public async Task A_change_that_keeps_the_metadata_leaves_them_and_their_source_as_they_are()
    {
        var first = await Database.InsertAsync(await RichAsync());
        var second = first.Enter(JobStatus.Cancelled);

        await Database.WriteAsync(first.Replace(second) with { KeepsMetadata = true });

        Assert.Equal(second.Text(), (await Database.ReadAsync(first.Snapshot.Id)).Text());
        var bySource =
            new JobQuery { OrganizationId = _organization, SourceId = Grains.Storage.Jobs.JobJson.SourceId(first.Snapshot.Metadata)! };
        var page = await Database.Store.ListAsync(bySource, new(8 << 20, 100), CancellationToken.None);
        Assert.Equal(first.Snapshot.Id, Assert.Single(page.Jobs).Id);
    }

    [Fact]
    public async Task Metadata_comes_back_to_the_letter_up_to_its_largest()
    {
        var filler = string.Concat(Enumerable.Repeat("é🚀x ", (64 * 1024 / 8) - 8));
        var metadata = $$"""{ "b" : 1.0, "a":1e2,  "text":"{{filler}}", "escaped":"\u00e9" }""";
        Assert.InRange(System.Text.Encoding.UTF8.GetByteCount(metadata), 65_000, 65_536);

        var job = await Database.InsertAsync(
            JobRows.New(_organization).With(row => row with { Metadata = metadata, RequestConfig = metadata }));

        Assert.Equal(job.Text(), (await Database.ReadAsync(job.Snapshot.Id)).Text());
    }

    [Fact]
    public async Task The_longest_words_fit_and_a_source_id_too_long_to_be_listed_by_is_stored_all_the_same()
    {
        var longest = new string('中', 128);
        var random = string.Concat(Enumerable.Range(0, 512).Select(_ => (char)Random.Shared.Next(0x4E00, 0x9FFF)));
        foreach (var sourceId in (string[])[random, random + "x", string.Concat(Enumerable.Repeat(random, 40))])
        {
            var job = JobRows.New($"{longest[..100]}{_organization}")
                .With(
                    row =>
                        row with
                        {
                            UserId = longest,
                            LastUpdatedById = longest,
                            CreatedById = longest,
                            Metadata = $$"""{"source_id":"{{sourceId}}"}"""
                        });
            await Database.InsertAsync(job with { IdempotencyKey = random[..255] + sourceId.Length, Fingerprint = "f" });

            Assert.Equal(job.Snapshot.Metadata, (await Database.ReadAsync(job.Snapshot.Id))?.Snapshot.Metadata);
        }
    }

    [Fact]
    public async Task A_read_of_many_answers_those_that_exist()
    {
        var jobs = Enumerable.Range(0, 5).Select(_ => JobRows.New(_organization)).ToList();
        await Database.WriteAllAsync([.. jobs.Select(job => job.Insert())]);

        var read = await Database.Store.ReadAsync(
            [.. jobs.Select(job => job.Snapshot.Id), JobId.New(TimeProvider.System)], CancellationToken.None);

        Assert.Equal(jobs.Select(job => job.Text()), read.OrderBy(job => job.Snapshot.Id).Select(job => job.Text()));
    }

    private async Task<Job> RichAsync() => Rich((await Database.InsertAsync(JobRows.New(_organization))).Snapshot.Id);

    /// <summary>All that an insert stores.</summary>
    private Job Rich(JobId parent) => JobRows.New(_organization).With(row => row with
    {
        UserId = Strange,
        CreatedById = Strange,
        LastUpdatedById = Strange,
        JobType = "a.type-of_64",
        Status = JobStatus.Running,
        CreatedAt = Precise,
        UpdatedAt = Precise.AddTicks(10),
        StartedAt = Precise.AddTicks(20),
        ExpiresAt = DateTimeOffset.MaxValue.ToMicroseconds(),
        Timeout = TimeSpan.FromDays(30),
        HeartbeatTimeout = TimeSpan.FromSeconds(1),
        Background = true,
        Metadata = """{"source_id":"s'1","nested":{"a":[1,null,true]}}""",
        RequestConfig = """{ "model" : "m" }""",
        ParentId = parent,
        Group = new JobGroup(IsSealed: false, OnChildFailure.Cancel),
        Tags = ["A", "team:a/b@c.d_e-f", new string('z', 255)],
        RetryOf = JobId.New(TimeProvider.System),
        Attempt = 3,
        Callback = new JobCallback { Url = "https://example.com/?a=b&c=%20", Events = [JobStatus.Completed, JobStatus.Expired] },
        History = [new JobTransition(
            JobStatus.Created, Precise, Strange, null), new JobTransition(JobStatus.Running, Precise.AddTicks(10), Strange, "why")],
    }) with
    { IdempotencyKey = Strange, Fingerprint = "0f", DueAt = Precise.AddTicks(30), BatchId = BatchId.New(TimeProvider.System) };

    /// <summary>All that a change stores.</summary>
    private static JobSnapshot Ended(JobSnapshot row) => row with
    {
        Status = JobStatus.Failed,
        UpdatedAt = Precise.AddSeconds(1),
        StartedAt = Precise.AddSeconds(2),
        CompletedAt = Precise.AddSeconds(3),
        ExpiresAt = DateTimeOffset.UnixEpoch.AddTicks(10),
        HeartbeatAt = Precise.AddSeconds(4),
        StopReason = "worker_error",
        Error = new JobError("E1", Strange),
        Progress = new JobProgress(3, 10, Strange),
        TtftNs = long.MaxValue,
        TotalDurationNs = 1,
        Metadata = """{"source_id":"other"}""",
        LastUpdatedById = "somebody else",
        Group = row.Group! with { IsSealed = true },
        RetriedBy = JobId.New(TimeProvider.System),
        Callback = row.Callback! with
        {
            SentAt = Precise,
            StatusCode = 503,
            Error = Strange,
            Attempts = 3,
            NextAttemptAt = Precise.AddTicks(10),
            DeliveredAt = Precise.AddTicks(20),
        },
        History = row.History.Add(new JobTransition(JobStatus.Failed, Precise.AddSeconds(3), "system", "worker_error")),
    };
}
