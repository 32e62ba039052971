using System.Security.Cryptography;
using JobTracker.Tests.Support;
using JobTracker.Tests.Support.Logs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace JobTracker.Tests.Integration.Gateway.Auth;

/// <summary>An OpenID provider on a loopback port: it publishes its keys over HTTP and signs what a test wants.</summary>
internal sealed class TokenProvider : IAsyncDisposable
{
    public const string Audience = "jobs";

    private readonly int _port = LoopbackPort.Free();
    private WebApplication? _app;
    private RsaSecurityKey _key = NewKey("first");

    public string Issuer => $"http://127.0.0.1:{_port}";

    /// <summary>The public half of the key, as everybody may read it.</summary>
    public byte[] PublicKey => _key.Rsa.ExportSubjectPublicKeyInfo();

    public static async Task<TokenProvider> StartNewAsync()
    {
        var provider = new TokenProvider();
        await provider.StartAsync();
        return provider;
    }

    /// <summary>Not started: nobody listens where it should be.</summary>
    public static TokenProvider NewUnreachable() => new();

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ToSuite();
        builder.WebHost.UseUrls(Issuer);
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(
            new { issuer = Issuer, jwks_uri = $"{Issuer}/keys", id_token_signing_alg_values_supported = new[] { "RS256" } }));
        _app.MapGet("/keys", () =>
        {
            var shown = _key.Rsa.ExportParameters(includePrivateParameters: false);
            return Results.Json(new
            {
                keys = new[]
                {
                    new
                    {
                        kty = "RSA", use = "sig", kid = _key.KeyId,
                        n = Base64UrlEncoder.Encode(shown.Modulus), e = Base64UrlEncoder.Encode(shown.Exponent),
                    },
                },
            });
        });
        await _app.StartAsync();
    }

    /// <summary>From now on another key signs, and it alone is published.</summary>
    public void Rotate() => _key = NewKey("second");

    /// <summary>A token that this provider signed.</summary>
    public string Sign(TokenText token) => Sign(token, new SigningCredentials(_key, SecurityAlgorithms.RsaSha256));

    /// <summary>A token that somebody else signed, or nobody.</summary>
    public string Sign(TokenText token, SigningCredentials? by)
    {
        var claims = token.Claims(Issuer, Audience);
        var handler = new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false };
        var header = new Dictionary<string, object> { ["typ"] = token.Type };
        return by is null ? handler.CreateToken(claims) : handler.CreateToken(claims, by, header);
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        _key.Rsa.Dispose();
    }

    private static RsaSecurityKey NewKey(string id) => new(RSA.Create(2048)) { KeyId = id };
}
