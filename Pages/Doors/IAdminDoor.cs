using System.Collections.Immutable;
using JobTracker.Audit;
using JobTracker.Keys;
using JobTracker.Organizations;
using JobTracker.Pages.Callers;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Pages.Doors;

/// <summary>
/// Organizations, keys and the audit trail. Every method throws <see cref="PageFaultException"/> where it has no answer, a missing scope
/// included. What changes anything is an audit event.
/// </summary>
public interface IAdminDoor
{
    /// <summary>Ids in ascending order behind <paramref name="after"/>. Needs admin.</summary>
    Task<OrganizationList> ListOrganizationsAsync(PageCaller who, string? after, int limit);

    /// <summary>Null: there is no such organization. Needs admin.</summary>
    Task<OrganizationSnapshot?> GetOrganizationAsync(PageCaller who, string id);

    /// <summary>Makes an organization.</summary>
    Task<Done<OrganizationSnapshot>> CreateOrganizationAsync(HttpContext http, string id, string? name);

    /// <summary>Changes what the form says of an organization.</summary>
    Task<Done<OrganizationSnapshot>> UpdateOrganizationAsync(HttpContext http, string id, OrganizationForm form);

    /// <summary>The keys of an organization (null: the caller's) behind one, in the order in which they were made.</summary>
    Task<KeyList> ListKeysAsync(PageCaller who, string? organization, KeyId? after, int limit);

    /// <summary>Null: there is no such key in the caller's organization; admins have them all.</summary>
    Task<ApiKeySnapshot?> GetKeyAsync(PageCaller who, KeyId id);

    /// <summary>Makes a key. The value has the secret, which nobody can read again.</summary>
    Task<Done<NewKey>> CreateKeyAsync(HttpContext http, KeyForm form);

    /// <summary>Gives a key a new secret; the old one works for <paramref name="overlap"/> more.</summary>
    Task<Done<NewKey>> RotateKeyAsync(HttpContext http, KeyId id, TimeSpan overlap);

    /// <summary>Ends a key.</summary>
    Task<Done<ApiKeySnapshot>> RevokeKeyAsync(HttpContext http, KeyId id);

    /// <summary>One page of audit events.</summary>
    Task<AuditPage> ListEventsAsync(PageCaller who, AuditQuery query);
}

/// <summary>Some organizations.</summary>
/// <param name="Next">Where the next page begins; null: there is none.</param>
public sealed record OrganizationList(ImmutableArray<OrganizationSnapshot> Organizations, string? Next);

/// <summary>Some keys.</summary>
/// <param name="Next">Where the next page begins; null: there is none.</param>
public sealed record KeyList(ImmutableArray<ApiKeySnapshot> Keys, KeyId? Next);

/// <summary>A key as somebody asked for it, in a form; the API's own rules say what is wrong with it.</summary>
/// <param name="Name">What people call it.</param>
/// <param name="Scopes">What it may do.</param>
/// <param name="Lives">For how long. Null: as the API does where nothing is said, for 90 days, or as long as the caller's own.</param>
/// <param name="NeverEnds">It never expires; for admins.</param>
/// <param name="UserId">On whose behalf it acts; null: the caller.</param>
/// <param name="Organization">Whose it is; null: the caller's.</param>
public sealed record KeyForm(
    string Name, ImmutableArray<string> Scopes, TimeSpan? Lives, bool NeverEnds, string? UserId, string? Organization);

/// <summary>What a form says of an organization; null: it stays as it is.</summary>
/// <param name="Limits">By the API's names, as they were typed; empty: as configured.</param>
public sealed record OrganizationForm(string? Name = null, bool? IsSuspended = null, ImmutableDictionary<string, string>? Limits = null);

/// <summary>A key and its secret. Prints without the secret.</summary>
/// <param name="Key">The key.</param>
/// <param name="Secret"><c>jtk_…</c>.</param>
public sealed record NewKey(ApiKeySnapshot Key, string Secret)
{
    public override string ToString() => $"{nameof(NewKey)} {{ Key = {Key.Id} }}";
}
