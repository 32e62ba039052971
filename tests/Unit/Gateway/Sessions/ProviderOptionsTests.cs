using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Sessions.Oidc;
using JobTracker.Tests.Unit.Configuration;
using Microsoft.Extensions.Options;

namespace JobTracker.Tests.Unit.Gateway.Sessions;

/// <summary>What a wrong setting of the identity provider is answered, before the process serves anybody.</summary>
public sealed class ProviderOptionsTests
{
    private const string NoAddress = "Auth:Oidc:Authority must be an https address, or an http one on loopback.";
    private const string WithIt = "must be set with Auth:Oidc:Authority.";
    private const string ForNothing = "is set, and Auth:Oidc:Authority is not: it would have no effect.";

    [Theory]
    [InlineData("", "", "", "")]
    [InlineData("https://login.example.org/", "jobs", "secret", "")]
    [InlineData("http://127.0.0.1:5000", "jobs", "secret", "")]
    [InlineData("http://login.example.org", "jobs", "secret", NoAddress)]
    [InlineData("login.example.org", "jobs", "secret", NoAddress)]
    [InlineData("https://login.example.org/", "", "secret", "Auth:Oidc:ClientId " + WithIt)]
    [InlineData("https://login.example.org/", "jobs", "", "Auth:Oidc:ClientSecret " + WithIt)]
    [InlineData("", "jobs", "secret", $"Auth:Oidc:ClientId {ForNothing}|Auth:Oidc:ClientSecret {ForNothing}")]
    public void All_or_nothing(string authority, string client, string secret, string refusal) => Assert.Equal(
        refusal,
        string.Join('|', StartRefusals.Of<OidcOptions>(
            OidcOptions.Section,
            ("Auth:Oidc:Authority", authority), ("Auth:Oidc:ClientId", client), ("Auth:Oidc:ClientSecret", secret))));

    [Theory]
    [InlineData("keys", "https://login.example.org/", null)]
    [InlineData("none", "https://login.example.org/", "Auth:Oidc:Authority needs Auth:Mode 'keys': else nobody signs in.")]
    [InlineData("none", null, null)]
    public void Only_where_somebody_signs_in(string mode, string? authority, string? refusal)
    {
        var verdict = new OidcNeedsKeys(Options.Create(new AuthOptions { Mode = mode }))
            .Validate(name: null, new OidcOptions { Authority = authority });

        Assert.Equal(refusal, verdict.FailureMessage);
    }
}
