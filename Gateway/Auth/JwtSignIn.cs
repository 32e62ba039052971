using System.Security.Claims;
using JobTracker.Gateway.Problems;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace JobTracker.Gateway.Auth;

/// <summary>JWTs of the provider that <c>Auth:Jwt</c> names: what a good token is (RFC 8725, RFC 9068), and whom it lets in.</summary>
internal sealed class JwtSignIn(IOptions<JwtOptions> options, TokenCallers callers, TimeProvider clock)
    : IConfigureNamedOptions<JwtBearerOptions>, IPostConfigureOptions<JwtBearerOptions>
{
    public const string SchemeName = "jwt";

    /// <summary>So soon a key is known that the provider publishes before it signs with it.</summary>
    private static readonly TimeSpan Reread = TimeSpan.FromMinutes(10);

    /// <summary>How often a token of an unknown key may make us ask for the keys anew.</summary>
    private static readonly TimeSpan RereadAtMost = TimeSpan.FromSeconds(30);

    private readonly CheckedCredentials<string, OpenIdConnectConfiguration> _provider = new(1, clock);

    public void Configure(JwtBearerOptions bearer) => Configure(SchemeName, bearer);

    public void Configure(string? name, JwtBearerOptions bearer)
    {
        var jwt = options.Value;
        if (name != SchemeName || string.IsNullOrEmpty(jwt.Authority))
            return;
        bearer.Authority = jwt.Authority;
        bearer.RequireHttpsMetadata = jwt.Authority.StartsWith("https", StringComparison.OrdinalIgnoreCase);
        bearer.BackchannelTimeout = TokenCallers.Patience;
        bearer.AutomaticRefreshInterval = Reread;
        bearer.RefreshInterval = RereadAtMost;
        bearer.MapInboundClaims = false;
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidAudience = jwt.Audience,
            ValidAlgorithms = TokenCallers.Algorithms,
            ValidTypes = jwt.Types.Count == 0 ? ["at+jwt"] : jwt.Types,
            ClockSkew = TokenCallers.Skew,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
        };
        bearer.Events = new JwtBearerEvents { OnMessageReceived = KnowProviderAsync, OnTokenValidated = AdmitAsync };
    }

    /// <summary>A key that the provider withdrew is good no longer, where the library would take it for another hour.</summary>
    public void PostConfigure(string? name, JwtBearerOptions bearer)
    {
        if (name == SchemeName && bearer.ConfigurationManager is BaseConfigurationManager keys)
            keys.UseLastKnownGoodConfiguration = false;
    }

    /// <summary>While nobody knows the provider's keys no token is good or bad. Those who come meanwhile share one question.</summary>
    private async Task KnowProviderAsync(MessageReceivedContext context)
    {
        try
        {
            await _provider.OfAsync(
                SchemeName,
                async _ => await context.Options.ConfigurationManager!.GetConfigurationAsync(CancellationToken.None));
        }
        catch (Exception fault)
        {
            throw new SignInUnavailableException(fault);
        }
    }

    private async Task AdmitAsync(TokenValidatedContext context)
    {
        var expiresAt = new DateTimeOffset(DateTime.SpecifyKind(context.SecurityToken.ValidTo, DateTimeKind.Utc));
        if (callers.Read([.. context.Principal!.Claims]) is { } said
            && await callers.AdmitAsync(SchemeName, said, expiresAt) is { } identity)
            context.Principal = new ClaimsPrincipal(identity);
        else
            context.Fail("The token names no user of an organization that is let in.");
    }
}
