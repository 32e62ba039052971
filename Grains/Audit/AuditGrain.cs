using System.Collections.Immutable;
using JobTracker.Audit;
using JobTracker.Callers;
using JobTracker.Grains.Storage.Audit;
using JobTracker.Jobs;
using JobTracker.Storage;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace JobTracker.Grains.Audit;

/// <summary>Writes and reads the rows of audit events.</summary>
/// <remarks>It keeps nothing, so that a list holds no event up.</remarks>
[StatelessWorker, Reentrant]
internal sealed class AuditGrain(IAuditStore store, IOptions<JobLimits> limits, TimeProvider clock) : Grain, IAuditGrain
{
    private const int LargestPage = 1000;

    public async Task<AuditEventId> BeginAsync(AuditEntry entry)
    {
        var said = new AuditEvent
        {
            Id = AuditEventId.New(clock),
            Entry = AuditText.Of(entry),
            Outcome = AuditOutcome.Begun,
        };
        try
        {
            await store.AddAsync([said], CancellationToken.None);
        }
        catch (OutcomeUnknownException problem)
        {
            // Of the event, not of the action: that is not done, whether or not the event stands.
            throw new StorageUnavailableException($"The audit event may not be stored: {problem.Message}");
        }

        return said.Id;
    }

    public Task EndAsync(AuditEventId id, AuditOutcome outcome, string? reason) =>
        store.EndAsync(id, outcome, AuditText.Of(reason), CancellationToken.None);

    public Task AppendAsync(ImmutableArray<AuditEvent> events) => store.AddAsync(
        [.. events.Select(said => said with { Entry = AuditText.Of(said.Entry), Reason = AuditText.Of(said.Reason) })],
        CancellationToken.None);

    public Task<AuditPage> ListAsync(Caller caller, AuditQuery query)
    {
        if (query.Limit is < 1 or > LargestPage)
            throw new ArgumentOutOfRangeException(nameof(query), $"A page has 1 to {LargestPage} events, not {query.Limit}.");
        var isForeign = query.IsUnattributed || (query.OrganizationId is { } other && other != caller.OrganizationId);
        if (isForeign && !caller.IsAdmin)
            throw new UnauthorizedAccessException("Only an admin may read other audit events than those of the own organization.");
        var permitted = query with { OrganizationId = query.OrganizationId ?? caller.OrganizationId };
        return store.ListAsync(permitted, limits.Value.PageBytes, CancellationToken.None);
    }
}
