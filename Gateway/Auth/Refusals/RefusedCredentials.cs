using System.Collections.Immutable;
using JobTracker.Audit;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Tracing;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Auth.Refusals;

/// <summary>
/// The refusals of credentials that are not written yet, those of one kind as one event with their number: whoever tries keys by the
/// thousand makes a few rows, and never slows down the answers.
/// </summary>
internal sealed class RefusedCredentials(IOptions<GatewayLimits> limits, TimeProvider clock)
{
    /// <summary>The reason of the event that counts what found no place of its own.</summary>
    public const string Others = "others";

    private readonly Lock _lock = new();
    private Dictionary<Refusal, Tally> _noted = [];

    /// <summary>Never blocks and never fails; no secret may be among the texts.</summary>
    /// <param name="http">The request, for its address.</param>
    /// <param name="keyId">The id of the key that was tried; null: it has none that can be told.</param>
    /// <param name="reason">A short word, such as <c>expired</c>.</param>
    /// <param name="organization">Whose credential it is, where that was proven; null: not known.</param>
    public void Note(HttpContext http, string? keyId, string reason, string? organization = null)
    {
        var refusal = new Refusal(organization, RemoteAddress.Of(http), keyId is null ? null : Echo.Cut(keyId), reason);
        lock (_lock)
        {
            if (!_noted.TryGetValue(refusal, out var tally))
            {
                if (_noted.Count >= limits.Value.RefusedCredentials)
                    refusal = new Refusal(Organization: null, Address: null, KeyId: null, Others);
                if (!_noted.TryGetValue(refusal, out tally))
                    _noted.Add(refusal, tally = new Tally(AuditEventId.New(clock)));
            }

            tally.Count++;
        }
    }

    /// <summary>What was noted since the last time, in the order of its first occurrence.</summary>
    public ImmutableArray<AuditEvent> Take()
    {
        Dictionary<Refusal, Tally> taken;
        lock (_lock)
        {
            if (_noted.Count == 0)
                return [];
            (taken, _noted) = (_noted, []);
        }

        return [.. taken.OrderBy(noted => noted.Value.Id.Value).Select(noted => Event(noted.Key, noted.Value))];
    }

    private static AuditEvent Event(Refusal refusal, Tally tally) => new()
    {
        Id = tally.Id,
        Entry = new AuditEntry
        {
            OrganizationId = refusal.Organization,
            KeyId = refusal.KeyId,
            Address = refusal.Address,
            Action = AuditActions.CredentialRefused,
        },
        Outcome = AuditOutcome.Refused,
        Count = tally.Count,
        Reason = refusal.Reason,
    };

    private readonly record struct Refusal(string? Organization, string? Address, string? KeyId, string Reason);

    private sealed class Tally(AuditEventId id)
    {
        public AuditEventId Id => id;

        public long Count { get; set; }
    }
}
