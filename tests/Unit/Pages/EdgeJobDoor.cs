using System.Collections.Immutable;
using System.Threading.Channels;
using JobTracker.Jobs;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;
using JobTracker.Tests.Support;
using JobTracker.Tests.Unit.Pages.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;
using PageOfJobs = JobTracker.Jobs.JobPage;

namespace JobTracker.Tests.Unit.Pages;

/// <summary>The edge of the pages: what a gateway answers.</summary>
internal sealed class EdgeJobDoor : IJobDoor
{
    private readonly Channel<JobSnapshot?> _changes = Channel.CreateUnbounded<JobSnapshot?>();
    private int _attemptReads;
    private int _reads;

    /// <summary>While it is set nothing is answered.</summary>
    public PageFault? Fault { get; set; }

    /// <summary>The job that is asked for.</summary>
    public JobSnapshot? Now { get; set; }

    /// <summary>All jobs, newest first.</summary>
    public ImmutableArray<JobSnapshot> All { get; set; } = [];

    public JobCallbackAttempts Attempts { get; } = new([new JobCallbackAttempt(JobRows.Start, 500, "no", TimeSpan.FromMilliseconds(3))]);

    /// <summary>How often something was asked for, but for a park.</summary>
    public int Reads => Volatile.Read(ref _reads);

    public int AttemptReads => Volatile.Read(ref _attemptReads);

    public void Tell(JobSnapshot? job) => _changes.Writer.TryWrite(job);

    public Task<JobSnapshot?> GetAsync(PageCaller who, JobId id) =>
        Answer(All.IsEmpty ? Now : All.FirstOrDefault(job => job.Id == id));

    public Task<PageOfJobs> ListAsync(PageCaller who, JobQuery query)
    {
        var matches = All.Where(job => query.Statuses.IsDefaultOrEmpty || query.Statuses.Contains(job.Status)).ToList();
        return Answer(new PageOfJobs([.. matches.Take(query.Limit)], HasNext: matches.Count > query.Limit, HasPrevious: false));
    }

    public Task<JobCounts> CountAsync(PageCaller who) => Answer(new JobCounts(
        [.. All.GroupBy(job => (job.Status, job.JobType)).Select(of => new JobCount(of.Key.Status, of.Key.JobType, of.Count()))]));

    public Task<JobCallbackAttempts?> GetAttemptsAsync(PageCaller who, JobId id)
    {
        Interlocked.Increment(ref _attemptReads);
        return Answer<JobCallbackAttempts?>(Attempts);
    }

    public async Task<JobChanges?> LookAsync(PageCaller who, JobId id, long version, CancellationToken cancellation)
    {
        try
        {
            return await _changes.Reader.ReadAsync(cancellation) is { } job ? new JobChanges([job]) : null;
        }
        catch (OperationCanceledException)
        {
            return new JobChanges([]);
        }
    }

    public FilterReading ReadFilter(IEnumerable<KeyValuePair<string, StringValues>> query) => PageJobs.Door.ReadFilter(query);

    public Task<ImmutableArray<JobEnds>> CountEndsAsync(PageCaller who, DateTimeOffset since) => throw new NotSupportedException();

    public Task<Done<JobSnapshot>> CancelAsync(HttpContext http, JobId id) => throw new NotSupportedException();

    public Task<Done<JobSnapshot>> RetryAsync(HttpContext http, JobId id) => throw new NotSupportedException();

    public Task<Done<JobSnapshot>> RedeliverAsync(HttpContext http, JobId id) => throw new NotSupportedException();

    public Task<Done<JobSnapshot>> SetDeadlineAsync(HttpContext http, JobId id, DateTimeOffset? expiresAt) =>
        throw new NotSupportedException();

    private Task<T> Answer<T>(T value)
    {
        Interlocked.Increment(ref _reads);
        return Fault is { } fault ? Task.FromException<T>(new PageFaultException(fault)) : Task.FromResult(value);
    }
}
