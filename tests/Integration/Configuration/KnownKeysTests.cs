using JobTracker.Configuration;
using JobTracker.Tests.Integration.Gateway;
using JobTracker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Configuration;

public sealed class KnownKeysTests
{
    [Fact]
    public async Task The_gateways_list_of_the_silos_keys_is_what_silos_read()
    {
        await using var silo = new GatewayHost();
        var keys = silo.Services.GetServices<KnownKey>().Select(key => key.Pattern).Distinct().Order(StringComparer.Ordinal);

        var generated = string.Concat(keys.Select(key => key + "\n"));

        Assert.Equal(GeneratedFile.Expected(Repository.PathOf("Gateway", "Cluster", "silo-keys.txt"), generated), generated);
    }
}
