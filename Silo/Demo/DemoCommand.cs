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
        return await ProcessStart.RunAsync(
            settings, commands, () => ServedSilo.Build(settings, builder => builder.AddDemonstration(outside)));
    });

    private static void AddDemonstration(this WebApplicationBuilder builder, OutsideWorld outside)
    {
        Defaults.AddTo(builder.Configuration, outside);
        builder.Services.AddSingleton(outside);
        builder.Services.AddSingleton<People>();
        builder.Services.AddSingleton<Catalogue>();
        builder.Services.AddSingleton<Seeds>();
        builder.Services.AddSingleton<Occasions>();
        builder.Services.AddSingleton<Mover>();
        builder.Services.AddHostedService<Show>();
    }
}
