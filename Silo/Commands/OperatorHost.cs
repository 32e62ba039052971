using JobTracker.Gateway;

namespace JobTracker.Silo.Commands;

/// <summary>What a command knows of the service: its settings, checked as the service checks them, and what they make of a silo.</summary>
internal static class OperatorHost
{
    /// <param name="settings">The settings of the command's line.</param>
    /// <param name="change">What differs from the service.</param>
    public static IHost Build(string[] settings, Action<HostApplicationBuilder>? change = null)
    {
        var typed = CommandLine.Read(settings).Keys;
        var builder = Host.CreateApplicationBuilder(settings);
        builder.AddHostDefaults();
        // What goes wrong is told as the command's own answer.
        builder.Logging.ClearProviders();
        change?.Invoke(builder);
        builder.AddJobTrackerSilo(waitsForDatabase: false);
        var host = builder.Build();
        ProcessStart.RefuseUnknownKeys(builder.Configuration, host.Services, typed);
        return host;
    }
}
