using JobTracker.Tests.Integration.Gateway;
using JobTracker.Tests.Integration.Gateway.Keys;

namespace JobTracker.Tests.Integration.Sessions;

/// <summary>A gateway at whose pages one signs in with a key.</summary>
public sealed class SessionHost : IAsyncLifetime
{
    internal GatewayHost Gateway { get; } = new([.. KeysGateway.Settings, ("Proxies:Known:0", "127.0.0.0/8")]);

    internal KeysGateway Keys => new(Gateway);

    public ValueTask InitializeAsync() => Gateway.InitializeAsync();

    public ValueTask DisposeAsync() => Gateway.DisposeAsync();

    /// <summary>Somebody who is not signed in.</summary>
    internal Browser NewBrowser(params (string Name, string Value)[] headers) => new(Gateway.Address, headers);

    /// <summary>A key of an organization of its own.</summary>
    internal async Task<(string Id, string Text)> NewKeyAsync() =>
        await Keys.NewKeyAsync(await Keys.NewOrganizationAsync(), "user-1", "jobs:read");
}
