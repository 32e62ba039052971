using System.Security.Claims;
using JobTracker.Gateway.Auth;
using Microsoft.AspNetCore.Authentication.OpenIdConnect;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace JobTracker.Gateway.Sessions.Oidc;

/// <summary>
/// Whom a provider names: in the ID token, and in the access token that came with it, where that is a JWT which the provider signed for the
/// same subject. Of a claim that both have the ID token's counts.
/// </summary>
internal sealed class ProviderClaims(TokenCallers callers)
{
    private const string Subject = "sub";

    private readonly JsonWebTokenHandler _tokens = new() { MapInboundClaims = false };

    /// <summary>Null: they name no user of an organization.</summary>
    public async Task<TokenClaims?> ReadAsync(TokenValidatedContext context)
    {
        Claim[] identity = [.. context.Principal!.Claims];
        return callers.Read(identity, await OfAccessTokenAsync(context, Array.Find(identity, claim => claim.Type == Subject)?.Value));
    }

    private async Task<Claim[]> OfAccessTokenAsync(TokenValidatedContext context, string? subject)
    {
        if (context.TokenEndpointResponse?.AccessToken is not { Length: > 0 } token || !_tokens.CanReadToken(token))
            return [];
        var read = await _tokens.ValidateTokenAsync(token, new TokenValidationParameters
        {
            ConfigurationManager = context.Options.ConfigurationManager as BaseConfigurationManager,
            // For whom it is made is the matter of whom it would be sent to; it came from the provider itself just now.
            ValidateAudience = false,
            ValidAlgorithms = TokenCallers.Algorithms,
            ClockSkew = TokenCallers.Skew,
            RequireSignedTokens = true,
        });
        return read.IsValid && read.ClaimsIdentity.FindFirst(Subject)?.Value == subject ? [.. read.ClaimsIdentity.Claims] : [];
    }
}
