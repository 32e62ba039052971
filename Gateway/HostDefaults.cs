using Microsoft.Extensions.Configuration.Memory;

namespace JobTracker.Gateway;

/// <summary>What holds for every process of JobTracker unless its configuration says otherwise.</summary>
public static class HostDefaults
{
    private static readonly Dictionary<string, string?> Defaults = new(StringComparer.OrdinalIgnoreCase)
    {
        // This machine alone: without authentication nothing else is served.
        ["urls"] = "http://localhost:8080",
        // One line a request would cost more than the request.
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        ["Logging:LogLevel:Orleans"] = "Warning",
        ["Logging:LogLevel:Polly"] = "Warning",
    };

    public static WebApplicationBuilder AddHostDefaults(this WebApplicationBuilder builder)
    {
        ArgumentNullException.ThrowIfNull(builder);
        // First, so that every other source of configuration goes over it.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Defaults });
        builder.Configuration.AddSecretFiles();
        return builder;
    }
}
