using JobTracker.Configuration;
using JobTracker.Gateway.Health;
using JobTracker.Gateway.Logs;
using JobTracker.Gateway.Telemetry;
using Microsoft.Extensions.Configuration.Memory;

namespace JobTracker.Gateway;

/// <summary>What holds for every process of JobTracker unless its configuration says otherwise.</summary>
public static class HostDefaults
{
    private static readonly Dictionary<string, string?> Defaults = new(StringComparer.OrdinalIgnoreCase)
    {
        // This machine alone: without authentication nothing else is served.
        ["urls"] = "http://localhost:8080",
        // Whom nobody knows is no news: refused credentials are counted as audit events.
        ["Logging:LogLevel:JobTracker.Gateway.Auth.KeyAuthentication"] = "Warning",
        // One line a request would cost more than the request.
        ["Logging:LogLevel:Microsoft.AspNetCore"] = "Warning",
        // That an identity provider cannot be asked is told once a request, by its answer.
        ["Logging:LogLevel:Microsoft.AspNetCore.Authentication.JwtBearer"] = "None",
        // Who was not let in by it is told in one line of ours, and the library's have what the address brought.
        ["Logging:LogLevel:Microsoft.AspNetCore.Authentication.OpenIdConnect"] = "None",
        // Anybody may send a cookie that nobody made, or one of keys that are gone.
        ["Logging:LogLevel:Microsoft.AspNetCore.Antiforgery"] = "None",
        ["Logging:LogLevel:Orleans"] = "Warning",
        // A call that was given up long ago, and answered in the cluster's place.
        ["Logging:LogLevel:Orleans.Runtime.CallbackData"] = "Error",
        // A step of the start or the stop that took a second is one that waited for what it had to.
        ["Logging:LogLevel:Orleans.Runtime.SiloLifecycleSubject"] = "Error",
        ["Logging:LogLevel:Polly"] = "Warning",
    };

    /// <summary>What .NET's host, its server, its logging and OpenTelemetry read, and the command line may say.</summary>
    private static readonly string[] OfTheHost =
    [
        ServedAddresses.Setting, "http_ports", "https_ports", "environment", "applicationName", "contentRoot", "webroot",
        "shutdownTimeoutSeconds", "detailedErrors", "captureStartupErrors", "preferHostingUrls", "suppressStatusMessages",
        "AllowedHosts", "Kestrel:**", "Logging:**", "OTEL_*",
    ];

    public static TBuilder AddHostDefaults<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        var defaults = new Dictionary<string, string?>(Defaults, StringComparer.OrdinalIgnoreCase);
        // Endpoints of one's own take the place of an address, and Kestrel warns where there are both.
        if (builder.Configuration.GetSection("Kestrel:Endpoints").GetChildren().Any())
            defaults.Remove("urls");
        // First, so that every other source of configuration goes over it.
        builder.Configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = defaults });
        builder.Configuration.AddSecretFiles();
        builder.Services.AddHealth();
        builder.Services.AddKnownKey(SecretFiles.FolderKey);
        foreach (var key in OfTheHost)
            builder.Services.AddKnownKey(key);
        StartLog.Add(builder);
        builder.AddManagementPort();
        builder.AddTelemetry();
        builder.AddJsonLogs();
        builder.Services.AddCountedLogs();
        return builder;
    }
}
