using System.Collections.Immutable;
using JobTracker.Audit;
using JobTracker.Keys;
using JobTracker.Organizations;
using JobTracker.Pages.Callers;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Pages.Doors;

/// <summary>
/// Organizations, keys and the audit trail. Every method throws <see cref="PageFaultException"/> where it has no answer, a missing scope
/// included.
/// </summary>
public interface IAdminDoor
{
    /// <summary>Ids in ascending order behind <paramref name="after"/>. Needs admin.</summary>
    Task<ImmutableArray<OrganizationSnapshot>> ListOrganizationsAsync(PageCaller who, string? after, int limit);

    /// <summary>The keys of an organization (null: the caller's), in the order in which they were made.</summary>
    Task<ImmutableArray<ApiKeySnapshot>> ListKeysAsync(PageCaller who, string? organization);

    /// <summary>Makes a key: an audit event. The value has the secret, which nobody can read again.</summary>
    Task<Done<NewKey>> CreateKeyAsync(HttpContext http, CreateKey command);

    /// <summary>Gives a key a new secret; the old one works for <paramref name="overlap"/> more.</summary>
    Task<Done<NewKey>> RotateKeyAsync(HttpContext http, KeyId id, TimeSpan overlap);

    /// <summary>Ends a key.</summary>
    Task<Done<ApiKeySnapshot>> RevokeKeyAsync(HttpContext http, KeyId id);

    /// <summary>One page of audit events.</summary>
    Task<AuditPage> ListEventsAsync(PageCaller who, AuditQuery query);
}

/// <summary>A key and its secret. Prints without the secret.</summary>
/// <param name="Key">The key.</param>
/// <param name="Secret"><c>jtk_…</c>.</param>
public sealed record NewKey(ApiKeySnapshot Key, string Secret)
{
    public override string ToString() => $"{nameof(NewKey)} {{ Key = {Key.Id} }}";
}
