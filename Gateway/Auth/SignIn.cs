using JobTracker.Configuration;
using JobTracker.Gateway.Auth.Browsers;
using JobTracker.Gateway.Auth.Loopback;
using JobTracker.Gateway.Auth.Refusals;
using JobTracker.Keys;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Auth;

/// <summary>
/// How callers sign in, and what each scope is as a policy. The token's form chooses its check: <c>jtk_</c> is a key, everything else a JWT
/// where one can be checked; below the pages a session counts, and no token. What no endpoint has is for those who are signed in, too.
/// </summary>
internal static class SignIn
{
    private const string ByForm = "by form";

    public static void AddSignIn(this IServiceCollection services)
    {
        services.AddSection<AuthOptions>(AuthOptions.Section);
        services.AddSection<JwtOptions>(JwtOptions.Section);
        services.AddBootstrapKeyFile();
        services.AddHostedService<LoopbackOnly>();
        services.AddSingleton<KeyChecks>();
        services.AddSingleton<OrganizationStandings>();
        services.AddSingleton<TokenCallers>();
        services.AddSingleton<RefusalBudget>();
        services.AddSingleton<CountedRefusals>();
        services.AddSingleton<IAuthorizationMiddlewareResultHandler, SignInAnswers>();
        services.AddAuthentication(ByForm)
            .AddPolicyScheme(ByForm, displayName: null, options => options.ForwardDefaultSelector = Scheme)
            .AddScheme<AuthenticationSchemeOptions, DevelopmentAuthentication>(DevelopmentAuthentication.SchemeName, null)
            .AddScheme<AuthenticationSchemeOptions, KeyAuthentication>(KeyAuthentication.SchemeName, null)
            .AddJwtBearer(JwtSignIn.SchemeName, _ => { });
        // After the library's own, which makes what it changes.
        services.ConfigureOptions<JwtSignIn>();
        var authorization = services.AddAuthorizationBuilder()
            .SetFallbackPolicy(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());
        foreach (var scope in Scopes.All)
            authorization.AddPolicy(scope, policy => policy.RequireClaim(CallerClaims.Scope, scope, Scopes.Admin));
    }

    private static string Scheme(HttpContext http)
    {
        var services = http.RequestServices;
        if (services.GetRequiredService<IOptions<AuthOptions>>().Value.Mode == AuthOptions.None)
            return DevelopmentAuthentication.SchemeName;
        if (PagePaths.HasSession(http.Request.Path))
            return PagePaths.Session;
        return KeyAuthentication.Token(http.Request) is { } token
            && !token.StartsWith(ApiKey.Prefix, StringComparison.Ordinal)
            && services.GetRequiredService<IOptions<JwtOptions>>().Value.Authority is { Length: > 0 }
                ? JwtSignIn.SchemeName
                : KeyAuthentication.SchemeName;
    }
}
