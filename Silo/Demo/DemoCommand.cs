using JobTracker.Gateway;
using JobTracker.Silo.Demo.World;

namespace JobTracker.Silo.Demo;

/// <summary>
/// <c>demo</c> serves as always, on a file of its own, and beside it fills that file (<see cref="Seeds"/>) and keeps it moving
/// (<see cref="Mover"/>), with receivers and a provider of its own to talk to (<see cref="OutsideWorld"/>).
/// </summary>
internal static class DemoCommand
{
    public const string Name = "demo";

    /// <param name="settings">The rest of the command line, as the service takes it; it goes over what the demonstration sets.</param>
    /// <param name="commands">The commands that there are.</param>
    /// <returns>The exit code.</returns>
    public static Task<int> RunAsync(string[] settings, string[] commands) => ProcessStart.RefusingAsync(async () =>
    {
        await using var outside = await OutsideWorld.StartAsync(TimeProvider.System);
        return await ProcessStart.RunAsync(settings, commands, () => ServedSilo.Build(
            settings, configuration => Defaults.AddTo(configuration, outside), services => services.AddShow(outside)));
    });

    private static void AddShow(this IServiceCollection services, OutsideWorld outside)
    {
        services.AddSingleton(outside);
        services.AddSingleton<People>();
        services.AddSingleton<Catalogue>();
        services.AddSingleton<Seeds>();
        services.AddSingleton<Occasions>();
        services.AddSingleton<Mover>();
        services.AddHostedService<Show>();
    }
}
