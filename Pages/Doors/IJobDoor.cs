using System.Collections.Immutable;
using JobTracker.Jobs;
using JobTracker.Pages.Callers;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace JobTracker.Pages.Doors;

/// <summary>
/// Jobs, through the service that the API's endpoints call: bounded, of the caller's organization alone. Every method throws
/// <see cref="PageFaultException"/> where it has no answer, a missing scope included.
/// </summary>
public interface IJobDoor
{
    /// <summary>Null: there is no such job in the caller's organization.</summary>
    Task<JobSnapshot?> GetAsync(PageCaller who, JobId id);

    /// <summary>One page of a list.</summary>
    Task<JobPage> ListAsync(PageCaller who, JobQuery query);

    /// <summary>Exact counts by status and type.</summary>
    Task<JobCounts> CountAsync(PageCaller who);

    /// <summary>How many jobs ended in each minute since then.</summary>
    Task<ImmutableArray<JobEnds>> CountEndsAsync(PageCaller who, DateTimeOffset since);

    /// <summary>The last attempts of the callback; null: no such job.</summary>
    Task<JobCallbackAttempts?> GetAttemptsAsync(PageCaller who, JobId id);

    /// <summary>
    /// What came after the version, parked for 5 s at most; empty: nothing, an outage included. Null: the job is gone.
    /// </summary>
    Task<JobChanges?> LookAsync(PageCaller who, JobId id, long version, CancellationToken cancellation);

    /// <summary>The filters of a query string, by the API's own rules (its names, and <c>after</c>, <c>before</c>).</summary>
    FilterReading ReadFilter(IEnumerable<KeyValuePair<string, StringValues>> query);

    /// <summary>Cancels the job.</summary>
    Task<Done<JobSnapshot>> CancelAsync(HttpContext http, JobId id);

    /// <summary>Makes a new job that does this one's work again; the value is the new job.</summary>
    Task<Done<JobSnapshot>> RetryAsync(HttpContext http, JobId id);

    /// <summary>Sends the callback again. Needs <c>callbacks:manage</c>.</summary>
    Task<Done<JobSnapshot>> RedeliverAsync(HttpContext http, JobId id);

    /// <summary>Moves <c>expires_at</c>; null takes it away.</summary>
    Task<Done<JobSnapshot>> SetDeadlineAsync(HttpContext http, JobId id, DateTimeOffset? expiresAt);
}

/// <summary>A filter as it was read.</summary>
/// <param name="Query">What to list; without what was wrong.</param>
/// <param name="MatchesNothing">The filters exclude each other.</param>
/// <param name="Problems">What is wrong with the query, for people; empty: nothing.</param>
public sealed record FilterReading(JobQuery Query, bool MatchesNothing, IReadOnlyList<string> Problems);
