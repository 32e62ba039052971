using System.Security.Claims;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Sessions.Oidc;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Sessions;

/// <summary>By what somebody is signed in at the pages.</summary>
internal enum SessionKind
{
    /// <summary>By nothing: nobody has to (<c>Auth:Mode none</c>), or he is not.</summary>
    None,

    /// <summary>By an API key.</summary>
    Key,

    /// <summary>By the identity provider.</summary>
    Provider,
}

/// <summary>How people sign in at the pages of this gateway.</summary>
internal interface ISessionFacts
{
    /// <summary>Somebody has to sign in, and may sign out.</summary>
    bool MustSignIn { get; }

    /// <summary>There is an identity provider beside API keys.</summary>
    bool HasProvider { get; }

    /// <summary>How this one did.</summary>
    SessionKind KindOf(ClaimsPrincipal user);
}

/// <summary>By the configuration, and by the scheme that let somebody in.</summary>
internal sealed class SessionFacts(IOptions<AuthOptions> auth, IOptions<OidcOptions> oidc) : ISessionFacts
{
    public bool MustSignIn => auth.Value.Mode == AuthOptions.Keys;

    public bool HasProvider => oidc.Value.IsSet;

    public SessionKind KindOf(ClaimsPrincipal user) => user.Identity?.AuthenticationType switch
    {
        KeyAuthentication.SchemeName => SessionKind.Key,
        OidcSignIn.SchemeName => SessionKind.Provider,
        _ => SessionKind.None,
    };
}
