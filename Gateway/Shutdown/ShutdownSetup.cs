using JobTracker.Configuration;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace JobTracker.Gateway.Shutdown;

/// <summary>For processes that serve HTTP.</summary>
public static class ShutdownSetup
{
    /// <summary>SIGTERM ends the process after it has served on for <c>Shutdown:Drain</c>.</summary>
    public static TBuilder AddDrain<TBuilder>(this TBuilder builder)
        where TBuilder : IHostApplicationBuilder
    {
        ArgumentNullException.ThrowIfNull(builder);
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddSection<ShutdownOptions>(ShutdownOptions.Section);
        builder.Services.AddSingleton<IHostLifetime, DrainingLifetime>();
        return builder;
    }
}
