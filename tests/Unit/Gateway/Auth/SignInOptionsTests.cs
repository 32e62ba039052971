using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Proxies;
using JobTracker.Tests.Unit.Configuration;

namespace JobTracker.Tests.Unit.Gateway.Auth;

/// <summary>What a wrong setting of how one signs in is answered, before the process serves anybody.</summary>
public sealed class SignInOptionsTests
{
    private const string Key = "jtk_0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef4bloke";
    private const string NoKey =
        "Auth:BootstrapKey is no API key; 'dotnet run --project Silo -- keys generate' prints one (it is not shown here).";
    private const string NoAddress = "Auth:Jwt:Authority must be an https address, or an http one on loopback.";

    [Theory]
    [InlineData("Mode", "none", null)]
    [InlineData("Mode", "keys", null)]
    [InlineData("Mode", "Keys", "Auth:Mode 'Keys' is unknown; use 'none' or 'keys'.")]
    [InlineData("Mode", "", "Auth:Mode '' is unknown; use 'none' or 'keys'.")]
    [InlineData("BootstrapKey", Key, null)]
    [InlineData("BootstrapKey", "", null)]
    [InlineData("BootstrapKey", "secret", NoKey)]
    [InlineData("BootstrapKey", Key + " ", NoKey)]
    [InlineData("BootstrapKey", "jtk_0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef4blokf", NoKey)]
    [InlineData("CachedKeys", "100", null)]
    [InlineData("CachedKeys", "99", "Auth:CachedKeys is 99; it must be between 100 and 1000000.")]
    [InlineData("CachedKeys", "1000000", null)]
    [InlineData("CachedKeys", "1000001", "Auth:CachedKeys is 1000001; it must be between 100 and 1000000.")]
    public void Keys(string name, string value, string? refusal) => Assert.Equal(
        refusal, StartRefusals.Of<AuthOptions>(AuthOptions.Section, ($"Auth:{name}", value)).SingleOrDefault());

    [Theory]
    [InlineData("https://login.example.org/", "jobs", null)]
    [InlineData("http://127.0.0.1:5000", "jobs", null)]
    [InlineData("http://localhost/realm", "jobs", null)]
    [InlineData("http://login.example.org/", "jobs", NoAddress)]
    [InlineData("login.example.org", "jobs", NoAddress)]
    [InlineData("ftp://localhost/", "jobs", NoAddress)]
    [InlineData("https://login.example.org/", "",
        "Auth:Jwt:Audience must be set with Auth:Jwt:Authority: else tokens made for others were let in.")]
    [InlineData("", "", null)]
    public void Tokens(string authority, string audience, string? refusal) => Assert.Equal(
        refusal,
        StartRefusals.Of<JwtOptions>(
            JwtOptions.Section, ("Auth:Jwt:Authority", authority), ("Auth:Jwt:Audience", audience)).SingleOrDefault());

    [Theory]
    [InlineData("OrganizationClaim")]
    [InlineData("UserClaim")]
    [InlineData("ScopeClaim")]
    public void A_claim_must_have_a_name(string claim) => Assert.Equal(
        $"Auth:Jwt:{claim}: The {claim} field is required.",
        StartRefusals.Of<JwtOptions>(JwtOptions.Section, ($"Auth:Jwt:{claim}", "")).SingleOrDefault());

    [Theory]
    [InlineData("10.0.0.0/8", null)]
    [InlineData("192.0.2.7/32", null)]
    [InlineData("fd00::/8", null)]
    [InlineData("10.0.0.0/33", "Proxies:Known:0 is '10.0.0.0/33', which is not a network such as 10.0.0.0/8, 192.0.2.7/32 or fd00::/8.")]
    [InlineData("10.0.0.1", "Proxies:Known:0 is '10.0.0.1', which is not a network such as 10.0.0.0/8, 192.0.2.7/32 or fd00::/8.")]
    [InlineData("proxy", "Proxies:Known:0 is 'proxy', which is not a network such as 10.0.0.0/8, 192.0.2.7/32 or fd00::/8.")]
    public void Proxies(string network, string? refusal) => Assert.Equal(
        refusal, StartRefusals.Of<ProxyOptions>(ProxyOptions.Section, ("Proxies:Known:0", network)).SingleOrDefault());
}
