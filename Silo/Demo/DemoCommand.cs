using JobTracker.Gateway;
using JobTracker.Silo.Demo.World;
using JobTracker.Silo.Storage;
using Orleans.Reminders;

namespace JobTracker.Silo.Demo;

/// <summary>
/// <c>demo</c> serves as always, on a file of its own, and beside it fills that file (<see cref="Seeds"/>) and keeps it moving
/// (<see cref="Mover"/>), by a clock that has a past to tell (<see cref="HistoryClock"/>), with receivers and a provider of its own to talk to (<see cref="OutsideWorld"/>).
/// </summary>
internal static class DemoCommand
{
    public const string Name = "demo";

    /// <summary>What Orleans does by a clock that jumps looks to it as if the machine had been frozen.</summary>
    private static readonly string[] OfOrleansItself =
    [
        TimeProviderNames.Membership, TimeProviderNames.SystemTimers, TimeProviderNames.Messaging, TimeProviderNames.GrainDirectory,
        TimeProviderNames.ActivationManagement, ReminderTimeProviderNames.Reminders,
    ];

    /// <param name="settings">The rest of the command line, as the service takes it; it goes over what the demonstration sets.</param>
    /// <param name="commands">The commands that there are.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string[] settings, string[] commands) => ProcessStart.RefusingAsync(async () =>
    {
        await using var outside = await OutsideWorld.StartAsync(TimeProvider.System);
        var clock = new HistoryClock();
        return await ProcessStart.RunAsync(settings, commands, () => ServedSilo.Build(
            settings,
            configuration =>
            {
                Defaults.AddTo(configuration, outside);
                if (!File.Exists(EmbeddedFile.Resolve(configuration)))
                    clock.Begin(Seeds.Past);
            },
            services => services.AddShow(outside, clock)));
    });

    private static void AddShow(this IServiceCollection services, OutsideWorld outside, HistoryClock clock)
    {
        services.AddSingleton(clock).AddSingleton<TimeProvider>(clock);
        foreach (var area in OfOrleansItself)
            services.AddKeyedSingleton(area, TimeProvider.System);
        services.AddSingleton(outside);
        services.AddSingleton<People>();
        services.AddSingleton<Catalogue>();
        services.AddSingleton<Seeds>();
        services.AddSingleton<Occasions>();
        services.AddSingleton<Mover>();
        services.AddHostedService<Show>();
    }
}
