using JobTracker.Keys;
using JobTracker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Gateway.Keys;

/// <summary>Keys are listed while one is under way from its organization's list to its own row.</summary>
public sealed class KeyListingTests : IAsyncLifetime
{
    private readonly Gate _beforeItsRow = new();
    private readonly GatewayHost _host;

    public KeyListingTests() => _host = new GatewayHost(
        services => services.AddSingleton<IOutgoingGrainCallFilter>(new HeldCreate(_beforeItsRow)), KeysGateway.Settings);

    public async ValueTask InitializeAsync() => await _host.InitializeAsync();

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task A_key_that_is_not_there_yet_when_the_list_is_read_is_on_it_afterwards()
    {
        var keys = new KeysGateway(_host);
        var organization = await keys.NewOrganizationAsync();
        var made = keys.NewKeyAsync(organization, "u", Scopes.JobsRead);
        await _beforeItsRow.Reached.Soon();
        Assert.Empty((await keys.Admin.GetAsync($"/v1/keys?organization_id={organization}")).Ok().Ids);

        _beforeItsRow.Open();

        Assert.Equal([(await made).Id], (await keys.Admin.GetAsync($"/v1/keys?organization_id={organization}")).Ok().Ids);
    }

    private sealed class HeldCreate(Gate gate) : IOutgoingGrainCallFilter
    {
        public async Task Invoke(IOutgoingGrainCallContext context)
        {
            if (context.InterfaceMethod.DeclaringType == typeof(IApiKeyGrain) && context.MethodName == nameof(IApiKeyGrain.CreateAsync))
                await gate.PassAsync();
            await context.Invoke();
        }
    }
}
