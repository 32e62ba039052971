using JobTracker.Configuration;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway;

/// <summary>Runs a process of JobTracker to its end, or says in one line why it does not start.</summary>
public static class ProcessStart
{
    private const int Refused = 1;

    /// <param name="args">The command line: settings, and the words of a command.</param>
    /// <param name="commands">The commands that there are.</param>
    /// <param name="build">Makes the process.</param>
    /// <returns>The exit code: 1 where a command or a setting is refused.</returns>
    public static async Task<int> RunAsync(string[] args, string[] commands, Func<WebApplication> build)
    {
        IHostApplicationLifetime? lifetime = null;
        try
        {
            RefuseUnknownCommand(args, commands);
            await using var app = build();
            if (KnownKeys.Refusal(app.Configuration, app.Services.GetServices<KnownKey>()) is { } unknown)
                throw new StartRefusedException(unknown);
            lifetime = app.Lifetime;
            await app.RunAsync();
            return 0;
        }
        catch (Exception refusal) when (refusal is OptionsValidationException or StartRefusedException)
        {
            await Console.Error.WriteLineAsync(refusal.Message.ReplaceLineEndings(" "));
            return Refused;
        }
        catch (Exception) when (lifetime is { } start && !start.ApplicationStarted.IsCancellationRequested
            && start.ApplicationStopping.IsCancellationRequested)
        {
            // It was told to end while it started: what broke off the start is that.
            return 0;
        }
    }

    /// <summary>A word that belongs to no setting (<c>--key value</c>, <c>--key=value</c>, <c>key=value</c>) is a command.</summary>
    internal static void RefuseUnknownCommand(string[] args, string[] commands)
    {
        if (Array.FindIndex(args, IsWord) is >= 0 and var at && !IsValue(args, at) && !commands.Contains(args[at]))
            throw new StartRefusedException(
                $"'{args[at]}' is no command; {(commands.Length == 0
                    ? "there are only settings, such as --urls http://localhost:8080."
                    : $"the nearest is '{Likeness.Nearest(args[at], commands)}'.")}");
    }

    private static bool IsWord(string argument) => argument is not ['-' or '/', ..] && !argument.Contains('=');

    private static bool IsValue(string[] args, int at) => at > 0 && args[at - 1] is ['-' or '/', ..] && !args[at - 1].Contains('=');
}
