using JobTracker.Jobs;
using JobTracker.Tests.Integration.Support;

namespace JobTracker.Tests.Integration.Jobs;

/// <summary>Invariant 7: a walk through a list sees every job that existed throughout, once, whatever comes and goes meanwhile.</summary>
public abstract class JobWalkTests(JobClusterFixture fixture) : JobClusterTests(fixture)
{
    private const int Lasting = 60;
    private const int PageSize = 7;

    /// <summary>The end of every list; no job has such an id.</summary>
    private static readonly JobId Last = new(Guid.AllBitsSet);

    private JobId? _parent;

    [Fact]
    public async Task Every_job_that_existed_throughout_is_seen_once_by_every_filter_in_both_orders_and_both_directions()
    {
        _parent = Accepted(await New().CreateAsync(Alice, new CreateJob())).Id;
        var jobs = new List<JobSnapshot>();
        for (var i = 0; i < Lasting; i++)
            jobs.Add(await MakeAsync(New(), i));
        using var walked = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var churn = Enumerable.Range(0, 4).Select(lane => ChurnAsync(lane, walked.Token)).ToList();

        foreach (var (query, fits) in Filters(jobs[20].CreatedAt, jobs[40].CreatedAt))
        {
            var expected = jobs.Where(fits).Select(job => job.Id).ToList();
            Assert.InRange(expected.Count, 5, Lasting);
            foreach (var ascending in new[] { true, false })
            {
                var ordered = query with { Ascending = ascending, Limit = PageSize };
                AssertWalk(expected, jobs, await ForwardAsync(ordered), fits, ascending);
                AssertWalk(expected, jobs, await BackwardAsync(ordered), fits, ascending);
            }
        }

        await walked.CancelAsync();
        Assert.All(await Task.WhenAll(churn), made => Assert.True(made > 0));
    }

    private IEnumerable<(JobQuery Query, Func<JobSnapshot, bool> Fits)> Filters(DateTimeOffset from, DateTimeOffset to) =>
    [
        (new JobQuery(), _ => true),
        (new JobQuery { Statuses = [JobStatus.Running] }, job => job.Status == JobStatus.Running),
        (new JobQuery { Statuses = [JobStatus.Created, JobStatus.Cancelled, JobStatus.Running] }, job => job.Status != JobStatus.Pending),
        (new JobQuery { JobType = "run" }, job => job.JobType == "run"),
        (new JobQuery { UserId = "bob" }, job => job.UserId == "bob"),
        (new JobQuery { StopReason = "user_request" }, job => job.StopReason == "user_request"),
        (new JobQuery { Background = true }, job => job.Background),
        (new JobQuery { Background = false }, job => !job.Background),
        (new JobQuery { ParentId = _parent }, job => job.ParentId == _parent),
        (new JobQuery { SourceId = "s1" }, job => job.Metadata.Contains("s1", StringComparison.Ordinal)),
        (new JobQuery { CreatedAfter = from }, job => job.CreatedAt >= from),
        (new JobQuery { CreatedBefore = to }, job => job.CreatedAt < to),
        (new JobQuery { CreatedAfter = from, CreatedBefore = to, Background = true }, job => job.Background && job.CreatedAt >= from
            && job.CreatedAt < to),
        (new JobQuery { Statuses = [JobStatus.Created, JobStatus.Pending, JobStatus.Running], JobType = "run" }, job => job.JobType == "run"
            && !job.Status.IsTerminal),
    ];

    /// <summary>Of those that lasted all in order; of the others none twice and none out of place.</summary>
    private static void AssertWalk(
        List<JobId> expected, List<JobSnapshot> lasting, List<JobSnapshot> walk, Func<JobSnapshot, bool> fits, bool ascending)
    {
        var ids = walk.Select(job => job.Id).ToList();
        Assert.Equal(ascending ? ids.Distinct().Order() : ids.Distinct().OrderDescending(), ids);
        var seen = ids.Intersect(lasting.Select(job => job.Id));
        Assert.Equal(expected, ascending ? seen : seen.Reverse());
        Assert.All(walk, job => Assert.True(fits(job)));
    }

    private async Task<List<JobSnapshot>> ForwardAsync(JobQuery query)
    {
        var walk = new List<JobSnapshot>();
        for (var page = await PageAsync(query); page.Jobs.Length > 0; page = await PageAsync(query with { After = walk[^1].Id }))
            walk.AddRange(page.Jobs);
        return walk;
    }

    private async Task<List<JobSnapshot>> BackwardAsync(JobQuery query)
    {
        var walk = new List<JobSnapshot>();
        var end = query.Ascending ? Last : default;
        for (var page = await PageAsync(
            query with { Before = end }); page.Jobs.Length > 0; page = await PageAsync(query with { Before = walk[0].Id }))
            walk.InsertRange(0, page.Jobs);
        return walk;
    }

    private async Task<JobPage> PageAsync(JobQuery query)
    {
        var page = await Cluster.Catalog.ListAsync(Alice, query);
        Assert.InRange(page.Jobs.Length, 0, PageSize);
        return page;
    }

    /// <summary>
    /// Makes jobs of every kind and removes them, until the walks are over; keeps few, so that a walk forward ends. How many it made.
    /// </summary>
    private async Task<int> ChurnAsync(int lane, CancellationToken walked)
    {
        var living = new Queue<IJobGrain>();
        var made = 0;
        for (; !walked.IsCancellationRequested; made++)
        {
            var grain = New();
            await MakeAsync(grain, made + lane);
            living.Enqueue(grain);
            if (living.Count > 3)
                Accepted(await living.Dequeue().DeleteAsync(Alice, new DeleteJob()));
        }

        return made;
    }

    /// <summary>A job whose number says what it is like.</summary>
    private async Task<JobSnapshot> MakeAsync(IJobGrain grain, int number)
    {
        var made = await grain.CreateAsync(Alice with { UserId = number % 3 == 0 ? "bob" : "alice" }, new CreateJob
        {
            JobType = number % 2 == 0 ? "run" : "job",
            Status = (JobStatus)(number % 3),
            Background = number % 4 < 2,
            ParentId = number % 5 == 0 ? _parent : null,
            Metadata = $$"""{"source_id":"s{{number % 3}}"}""",
        });
        return number % 6 == 5 ? Accepted(await grain.CancelAsync(Alice, new CancelJob { StopReason = "user_request" })) : Accepted(made);
    }
}

public sealed class SqliteJobWalkTests(SqliteCluster cluster) : JobWalkTests(cluster), IClassFixture<SqliteCluster>;

public sealed class PostgresJobWalkTests(PostgresCluster cluster) : JobWalkTests(cluster), IClassFixture<PostgresCluster>;
