using System.Collections.Immutable;
using System.Security.Claims;
using JobTracker.Callers;
using JobTracker.Keys;
using JobTracker.Organizations;

namespace JobTracker.Gateway.Auth;

/// <summary>Who signed in, and with what: what every way of signing in gives, and what endpoints and limits read.</summary>
internal sealed class CallerIdentity : ClaimsIdentity
{
    public CallerIdentity(string scheme, Caller caller, IEnumerable<string> scopes)
        : base(scheme, CallerClaims.User, CallerClaims.Scope)
    {
        Caller = caller;
        Scopes = [.. scopes];
        AddClaim(new Claim(CallerClaims.Organization, caller.OrganizationId));
        AddClaim(new Claim(CallerClaims.User, caller.UserId));
        foreach (var scope in Scopes)
            AddClaim(new Claim(CallerClaims.Scope, scope));
    }

    public Caller Caller { get; }
    public ImmutableArray<string> Scopes { get; }

    /// <summary>The id of the key; null: it is none that has one.</summary>
    public string? KeyId
    {
        get;
        init
        {
            field = value;
            if (value is not null)
                AddClaim(new Claim(CallerClaims.Key, value));
        }
    }

    /// <summary>Until when the credential is good by itself; null: no end is set.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>What the organization may ask for where it is not as configured.</summary>
    public OrganizationLimits Limits { get; init; } = OrganizationLimits.Configured;

    /// <summary>Who has a budget of requests of his own; null: nobody counts them.</summary>
    public string? Budget { get; init; }

    /// <summary>Asks once more whether the credential is good. Null: it cannot end.</summary>
    public Func<ValueTask<bool>>? Stands { get; init; }

    public KeyManager Manager => new(Caller, Scopes);

    /// <summary>A caller who holds these scopes.</summary>
    public static Caller CallerOf(string organization, string user, IReadOnlyCollection<string> scopes) =>
        new(organization, user, scopes.Contains(JobTracker.Keys.Scopes.Admin));
}
