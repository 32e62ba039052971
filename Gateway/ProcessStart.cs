using JobTracker.Configuration;

namespace JobTracker.Gateway;

/// <summary>Runs a process of JobTracker to its end, or says in one line why it does not start.</summary>
public static class ProcessStart
{
    private const int Refused = 1;

    /// <param name="args">The command line: settings, and the words of a command.</param>
    /// <param name="commands">The commands that there are.</param>
    /// <param name="build">Makes the process.</param>
    /// <returns>The exit code: 1 where a command or a setting is refused, or the process failed.</returns>
    public static Task<int> RunAsync(string[] args, string[] commands, Func<WebApplication> build) => RefusingAsync(async () =>
    {
        var line = CommandLine.Read(args);
        RefuseUnknownCommand(line, commands);
        await using var app = build();
        RefuseUnknownKeys(app.Configuration, app.Services, line.Keys);
        ServedAddresses.Check(app.Configuration);
        app.Services.GetService<StartLog>()?.Follow(app.Lifetime);
        return await RunAsync(app);
    });

    /// <summary>Does what the process is for. Why that cannot be is told in one line, on the standard error.</summary>
    /// <returns>The exit code of the work, or 1.</returns>
    public static async Task<int> RefusingAsync(Func<Task<int>> work)
    {
        ArgumentNullException.ThrowIfNull(work);
        try
        {
            return await work();
        }
        catch (Exception problem)
        {
            // What nobody foresaw is told in full: it is for whoever mends the program.
            await Console.Error.WriteLineAsync(StartRefusal.Of(problem) ?? problem.ToString());
            return Refused;
        }
    }

    private static async Task<int> RunAsync(WebApplication app)
    {
        var (started, stopping) = (app.Lifetime.ApplicationStarted, app.Lifetime.ApplicationStopping);
        try
        {
            await app.RunAsync();
        }
        catch (Exception) when (stopping.IsCancellationRequested && !started.IsCancellationRequested)
        {
            // It was told to end while it started: what broke off the start is that.
        }

        // Whatever ended the process may have said so there.
        return Environment.ExitCode;
    }

    /// <exception cref="StartRefusedException">A key that nobody reads.</exception>
    internal static void RefuseUnknownKeys(IConfiguration configuration, IServiceProvider services, IEnumerable<string> typed)
    {
        if (KnownKeys.Refusal(configuration, services.GetServices<KnownKey>(), typed) is { } unknown)
            throw new StartRefusedException(unknown);
    }

    /// <summary>Commands that stand where they belong do not come here.</summary>
    /// <exception cref="StartRefusedException">A word.</exception>
    internal static void RefuseUnknownCommand(CommandLine line, string[] commands)
    {
        if (line.Words is not [var word, ..])
            return;
        throw new StartRefusedException(commands switch
        {
            [] => $"'{word}' is no command; there are only settings, such as --urls http://localhost:8080.",
            _ when commands.Contains(word) => $"'{word}' goes first on the command line, before all settings.",
            _ => $"'{word}' is no command; the nearest is '{Likeness.Nearest(word, commands)}'.",
        });
    }
}
