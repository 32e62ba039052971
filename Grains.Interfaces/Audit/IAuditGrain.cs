using System.Collections.Immutable;
using JobTracker.Callers;
using JobTracker.Storage;

namespace JobTracker.Audit;

/// <summary>Keeps who did what. An action is written before it is done, and completed afterwards. A stateless worker: use key 0.</summary>
[Alias("jobtracker.IAuditGrain")]
public interface IAuditGrain : IGrainWithIntegerKey
{
    /// <summary>An action that is about to be done. It stands in the database when this returns.</summary>
    /// <exception cref="StorageUnavailableException">It may not be done: the database did not take the event, or it is not
    /// known.</exception>
    [Alias("Begin")]
    Task<AuditEventId> BeginAsync(AuditEntry entry);

    /// <summary>
    /// How an action ended that was begun. An end that was told before stays; of an event that is not there nothing is said.
    /// </summary>
    /// <exception cref="StorageUnavailableException">The event stays <see cref="AuditOutcome.Begun"/>.</exception>
    /// <exception cref="OutcomeUnknownException">It may have been stored; telling it again is safe.</exception>
    [Alias("End")]
    Task EndAsync(AuditEventId id, AuditOutcome outcome, string? reason);

    /// <summary>Events that are over: all or none. Those whose ids are there already are passed over, so a repetition is safe.</summary>
    /// <exception cref="StorageUnavailableException">Nothing was stored.</exception>
    /// <exception cref="OutcomeUnknownException">They may have been stored; repeat it.</exception>
    [Alias("Append")]
    Task AppendAsync(ImmutableArray<AuditEvent> events);

    /// <summary>One page, in the requested order.</summary>
    /// <exception cref="UnauthorizedAccessException">
    /// The query asks for another organization, or for what belongs to none, and the caller is no admin.
    /// </exception>
    [Alias("List")]
    Task<AuditPage> ListAsync(Caller caller, AuditQuery query);
}
