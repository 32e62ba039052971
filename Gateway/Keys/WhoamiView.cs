using System.Collections.Immutable;
using JobTracker.Gateway.Auth;

namespace JobTracker.Gateway.Keys;

/// <summary>Who is calling, as the service sees it.</summary>
/// <param name="OrganizationId">Whose jobs and batches are seen and made.</param>
/// <param name="UserId">Who stands as their maker.</param>
/// <param name="Scopes">What may be done; `admin` holds all others.</param>
/// <param name="KeyId">The key's id; null: no key was used.</param>
/// <param name="ExpiresAt">Until when the credential is good; null: no end is set.</param>
internal sealed record WhoamiView(
    string OrganizationId, string UserId, ImmutableArray<string> Scopes, string? KeyId, DateTimeOffset? ExpiresAt)
{
    public static WhoamiView Of(CallerIdentity caller) =>
        new(caller.Caller.OrganizationId, caller.Caller.UserId, caller.Scopes, caller.KeyId, caller.ExpiresAt);
}
