using JobTracker.Configuration;
using JobTracker.Silo.Demo.World;
using Microsoft.Extensions.Configuration.Memory;

namespace JobTracker.Silo.Demo;

/// <summary>How the demonstration differs from the service: below every other source of configuration, which go over it.</summary>
internal static class Defaults
{
    /// <summary>The demonstration's own file.</summary>
    public const string File = "data/demo.db";

    /// <summary>The name of the provider's account.</summary>
    public const string Provider = "demo";

    /// <exception cref="StartRefusedException">The configuration names a database of a cluster.</exception>
    public static void AddTo(ConfigurationManager configuration, OutsideWorld outside)
    {
        if (configuration.GetConnectionString("Postgres") is { Length: > 0 })
            throw new StartRefusedException(
                "ConnectionStrings:Postgres is set, and the demonstration works on an embedded file of its own.");
        configuration.Sources.Insert(0, new MemoryConfigurationSource { InitialData = Of(outside) });
    }

    private static Dictionary<string, string?> Of(OutsideWorld outside) => new(StringComparer.OrdinalIgnoreCase)
    {
        ["Storage:SqlitePath"] = File,
        // What it does is to be seen in the pages; what goes wrong is told here.
        ["Logging:LogLevel:JobTracker"] = "Warning",
        // Nobody balances requests over it: it ends when it is told to.
        ["Shutdown:Drain"] = "00:00:00",
        // What has ended goes after an hour, so that the file stays small however long it runs.
        ["Retention:Completed"] = "01:00:00",
        ["Retention:Failed"] = "01:00:00",
        ["Retention:Cancelled"] = "01:00:00",
        ["Retention:Expired"] = "01:00:00",
        ["Retention:Batches:Completed"] = "01:00:00",
        ["Retention:Batches:Failed"] = "01:00:00",
        ["Retention:Batches:Cancelled"] = "01:00:00",
        ["Retention:Batches:Expired"] = "01:00:00",
        // The receivers are of this machine, and the schedule is one that can be watched to its end.
        ["Callbacks:AllowedNetworks:0"] = "127.0.0.0/8",
        ["Callbacks:AllowedNetworks:1"] = "::1/128",
        ["Callbacks:Schedule:0"] = "00:00:00",
        ["Callbacks:Schedule:1"] = "00:00:05",
        ["Callbacks:Schedule:2"] = "00:00:15",
        ["Batches:PollFirst"] = "00:00:03",
        ["Batches:PollMin"] = "00:00:05",
        ["Batches:PollMax"] = "00:00:15",
        ["Batches:PollBriefMin"] = "00:00:02",
        ["Batches:PollBriefMax"] = "00:00:04",
        [$"Batches:Providers:{Provider}:Dialect"] = "anthropic",
        [$"Batches:Providers:{Provider}:BaseUrl"] = outside.ProviderUrl,
        [$"Batches:Providers:{Provider}:ApiKey"] = "demo",
    };
}
