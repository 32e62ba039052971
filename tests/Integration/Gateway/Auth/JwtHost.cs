using JobTracker.Keys;

namespace JobTracker.Tests.Integration.Gateway.Auth;

/// <summary>A gateway that takes the tokens of one provider beside its keys.</summary>
public sealed class JwtHost : IAsyncLifetime
{
    private readonly ApiKey _admin = ApiKey.New();
    private readonly (string Key, string Value)[] _settings;

    public JwtHost()
        : this(TokenProvider.NewUnreachable())
    {
    }

    internal JwtHost(TokenProvider provider, params (string Key, string Value)[] settings) => (Provider, _settings) = (provider, settings);

    internal TokenProvider Provider { get; }

    internal GatewayHost Gateway { get; private set; } = null!;

    internal ApiClient Admin => new(Gateway.Address, ("Authorization", $"Bearer {_admin.Text}"));

    public async ValueTask InitializeAsync()
    {
        await Provider.StartAsync();
        await StartGatewayAsync();
    }

    public async Task StartGatewayAsync()
    {
        Gateway = new GatewayHost([
            ("Auth:Mode", "keys"),
            ("Auth:BootstrapKey", _admin.Text),
            ("Auth:Jwt:Authority", Provider.Issuer),
            ("Auth:Jwt:Audience", TokenProvider.Audience),
            .. _settings,
        ]);
        await Gateway.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (Gateway is not null)
            await Gateway.DisposeAsync();
        await Provider.DisposeAsync();
    }

    internal ApiClient With(string token) => new(Gateway.Address, ("Authorization", $"Bearer {token}"));

    internal ApiClient With(TokenText token) => With(Provider.Sign(token));

    /// <summary>What the caller with this token is.</summary>
    internal Task<Answer> WhoamiAsync(TokenText token) => With(token).GetAsync("/v1/whoami");
}
