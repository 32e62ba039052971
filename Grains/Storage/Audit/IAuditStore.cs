using JobTracker.Audit;

namespace JobTracker.Grains.Storage.Audit;

/// <summary>
/// The port to a database that keeps audit events. Two adapters, one conformance suite. Failures are those that
/// <c>JobTracker.Storage</c> names; a row that the database refuses for good is an <see cref="InvalidOperationException"/>.
/// </summary>
internal interface IAuditStore
{
    /// <summary>All of them or none; those whose ids are there already are passed over.</summary>
    Task AddAsync(IReadOnlyList<AuditEvent> events, CancellationToken cancellation);

    /// <summary>How an event ended that is <see cref="AuditOutcome.Begun"/>; any other stays as it is.</summary>
    Task EndAsync(AuditEventId id, AuditOutcome outcome, string? reason, CancellationToken cancellation);

    /// <summary>
    /// One page of at most so many bytes. <see cref="AuditQuery.OrganizationId"/> is set unless what belongs to none is asked for.
    /// </summary>
    Task<AuditPage> ListAsync(AuditQuery query, long pageBytes, CancellationToken cancellation);

    /// <summary>Removes up to <paramref name="limit"/> events before <paramref name="before"/>, the oldest first; how many.</summary>
    Task<int> RemoveAsync(AuditEventId before, int limit, CancellationToken cancellation);
}
