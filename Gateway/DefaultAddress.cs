using Microsoft.Extensions.Configuration.Memory;

namespace JobTracker.Gateway;

/// <summary>Where HTTP is served unless <c>urls</c> says otherwise: this machine alone.</summary>
public static class DefaultAddress
{
    private static readonly KeyValuePair<string, string?>[] Defaults = [new("urls", "http://localhost:8080")];

    public static WebApplicationBuilder AddDefaultAddress(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        // First, so that every other source of configuration goes over it.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        return builder;
    }
}
