using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using JobTracker.Tests.Integration.Gateway.Auth;
using JobTracker.Tests.Support;
using JobTracker.Tests.Support.Logs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace JobTracker.Tests.Integration.Sessions;

/// <summary>
/// An OpenID Connect provider on a loopback port with one user, who is always at the desk: it gives codes by the rules of RFC 6749 and
/// RFC 7636, each once, and signs ID tokens and access tokens.
/// </summary>
internal sealed class LoginProvider : IAsyncDisposable
{
    public const string Client = "jobtracker-pages";
    public const string Secret = "the client's own";

    private readonly int _port = LoopbackPort.Free();
    private readonly ConcurrentDictionary<string, (string Challenge, string Nonce, string Callback)> _codes = new(StringComparer.Ordinal);
    private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "only" };
    private WebApplication? _app;

    public string Issuer => $"http://127.0.0.1:{_port}";

    /// <summary>JSON that goes over the claims of an ID token, which names nobody's organization by itself.</summary>
    public string IdentityChanges { get; set; } = """{"scope":null,"org_id":null}""";

    /// <summary>The same for the access token, which names the organization acme.</summary>
    public string AccessChanges { get; set; } = "{}";

    /// <summary>What the user answers where he does not agree; null: he does.</summary>
    public string? Error { get; set; }

    public async Task StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ToSuite();
        builder.WebHost.UseUrls(Issuer);
        _app = builder.Build();
        _app.MapGet("/.well-known/openid-configuration", () => Results.Json(new
        {
            issuer = Issuer,
            jwks_uri = $"{Issuer}/keys",
            authorization_endpoint = $"{Issuer}/authorize",
            token_endpoint = $"{Issuer}/token",
            response_types_supported = new[] { "code" },
            id_token_signing_alg_values_supported = new[] { "RS256" },
        }));
        _app.MapGet("/keys", () => Results.Json(new { keys = new[] { Shown() } }));
        _app.MapGet("/authorize", (HttpRequest request) => Authorize(request.Query));
        _app.MapPost("/token", async (HttpRequest request) => Give(await request.ReadFormAsync()));
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
            await _app.DisposeAsync();
        _key.Rsa.Dispose();
    }

    private object Shown()
    {
        var shown = _key.Rsa.ExportParameters(includePrivateParameters: false);
        return new
        {
            kty = "RSA",
            use = "sig",
            kid = _key.KeyId,
            n = Base64UrlEncoder.Encode(shown.Modulus),
            e = Base64UrlEncoder.Encode(shown.Exponent),
        };
    }

    private IResult Authorize(IQueryCollection asked)
    {
        var isRight = asked["client_id"] == Client && asked["response_type"] == "code" && asked["code_challenge_method"] == "S256"
            && asked["scope"].ToString().Split(' ').Contains("openid") && asked["response_mode"].ToString() is "" or "query";
        if (!isRight)
            return Results.BadRequest("not what RFC 6749 and RFC 7636 ask for");
        var (callback, state) = (asked["redirect_uri"].ToString(), Uri.EscapeDataString(asked["state"].ToString()));
        if (Error is not null)
            return Results.Redirect($"{callback}?error={Error}&error_description=jtk_of_somebody&state={state}");
        var code = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(16));
        _codes[code] = (asked["code_challenge"].ToString(), asked["nonce"].ToString(), callback);
        return Results.Redirect($"{callback}?code={code}&state={state}");
    }

    private IResult Give(IFormCollection asked)
    {
        if (asked["client_id"] != Client || asked["client_secret"] != Secret)
            return Results.Json(new { error = "invalid_client" }, statusCode: 401);
        var challenge = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(asked["code_verifier"].ToString())));
        if (asked["grant_type"] != "authorization_code" || !_codes.TryRemove(asked["code"].ToString(), out var given)
            || given.Challenge != challenge || given.Callback != asked["redirect_uri"])
            return Results.Json(new { error = "invalid_grant" }, statusCode: 400);
        var nonce = new TokenText { Changes = IdentityChanges }.Claims(Issuer, Client).Replace("{", $$"""{"nonce":"{{given.Nonce}}",""");
        return Results.Json(new
        {
            token_type = "Bearer",
            expires_in = 300,
            id_token = Sign(nonce, "JWT"),
            access_token = Sign(new TokenText { Changes = AccessChanges }.Claims(Issuer, "somebody's API"), "at+jwt"),
        });
    }

    private string Sign(string claims, string type) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
        claims, new SigningCredentials(_key, SecurityAlgorithms.RsaSha256), new Dictionary<string, object> { ["typ"] = type });
}
