using System.Collections.Immutable;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Jobs.Listing;
using JobTracker.Gateway.Jobs.Watching;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Quotas;
using JobTracker.Gateway.Requests;
using JobTracker.Jobs;
using JobTracker.Keys;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;
using Microsoft.Extensions.Primitives;

namespace JobTracker.Gateway.Doors;

/// <summary>Jobs for the pages.</summary>
internal sealed class JobDoor(GrainCalls calls, JobWatch watch, OpenJobs open) : IJobDoor
{
    private static readonly TimeSpan LongestLook = TimeSpan.FromSeconds(5);

    public Task<JobSnapshot?> GetAsync(PageCaller who, JobId id) => DoorCalls.ReadAsync(
        who, Scopes.JobsRead, () => calls.Job(id).ReadAsync(job => job.GetAsync(who.Caller)));

    public Task<JobPage> ListAsync(PageCaller who, JobQuery query) => DoorCalls.ReadAsync(
        who, Scopes.JobsRead, () => calls.Jobs.ReadAsync(jobs => jobs.ListAsync(who.Caller, query)));

    public Task<JobCounts> CountAsync(PageCaller who) => DoorCalls.ReadAsync(
        who, Scopes.JobsRead, () => calls.Jobs.ReadAsync(jobs => jobs.CountAsync(who.Caller, null)));

    public Task<ImmutableArray<JobEnds>> CountEndsAsync(PageCaller who, DateTimeOffset since) => DoorCalls.ReadAsync(
        who, Scopes.JobsRead, () => calls.Jobs.ReadAsync(jobs => jobs.CountEndsAsync(who.Caller, null, since)));

    public Task<JobCallbackAttempts?> GetAttemptsAsync(PageCaller who, JobId id) => DoorCalls.ReadAsync(
        who, Scopes.JobsRead, () => calls.Job(id).ReadAsync(job => job.GetCallbackAttemptsAsync(who.Caller)));

    public Task<JobChanges?> LookAsync(PageCaller who, JobId id, long version, CancellationToken cancellation) => DoorCalls.ReadAsync(
        who, Scopes.JobsRead, () => watch.LookAsync(id, who.Caller, version, LongestLook, cancellation));

    public FilterReading ReadFilter(IEnumerable<KeyValuePair<string, StringValues>> query)
    {
        var errors = new RequestErrors();
        var fields = new QueryFields(new QueryCollection(query.ToDictionary(StringComparer.Ordinal)), errors);
        var read = ListParameters.Read(fields, out var nothing);
        return new FilterReading(read, nothing, errors.Problem is { } problem ? [.. TextOf(problem)] : []);
    }

    public Task<Done<JobSnapshot>> CancelAsync(HttpContext http, JobId id) => SendAsync(
        http, Scopes.JobsWrite, () => calls.Job(id).SendSafelyAsync(job => job.CancelAsync(http.Caller(), new CancelJob())));

    public Task<Done<JobSnapshot>> RetryAsync(HttpContext http, JobId id) => SendAsync(http, Scopes.JobsWrite, () => open.WithinAsync(
        http,
        1,
        async room =>
        {
            var outcome = await calls.Job(id).SendSafelyAsync(
                job => job.RetryAsync(http.Caller(), new RetryJob { IsBeyondQuota = room == 0 }));
            return (outcome, outcome is JobOutcome.Accepted ? 1 : 0);
        }));

    public Task<Done<JobSnapshot>> RedeliverAsync(HttpContext http, JobId id) => SendAsync(
        http,
        Scopes.CallbacksManage,
        () => calls.Job(id).SendAsync(job => job.RedeliverCallbackAsync(http.Caller(), new RedeliverCallback())));

    public Task<Done<JobSnapshot>> SetDeadlineAsync(HttpContext http, JobId id, DateTimeOffset? expiresAt) => SendAsync(
        http,
        Scopes.JobsWrite,
        () => calls.Job(id).SendAsync(job => job.UpdateAsync(http.Caller(), new UpdateJob { ExpiresAt = Change.To(expiresAt) })));

    private static async Task<Done<JobSnapshot>> SendAsync(HttpContext http, string scope, Func<Task<JobOutcome>> command) =>
        await DoorCalls.SendAsync(http, scope, command) switch
        {
            JobOutcome.Accepted { Job: var job } => new(job, null),
            JobOutcome.AlreadyDone { Job: var job } => new(job, null),
            JobOutcome.Refused { Reason: var reason } => new(null, DoorCalls.FaultOf(ProblemMap.Of(reason))),
            _ => new(null, DoorCalls.FaultOf(ProblemMap.JobNotFound)),
        };

    private static IEnumerable<string> TextOf(Problem problem) =>
        problem.Errors?.Select(error => $"{error.Name}: {error.Detail}") ?? [problem.Detail];
}
