using System.CommandLine;
using JobTracker.Gateway;

namespace JobTracker.Silo.Commands;

/// <summary>What the silo's program does beside serving: the first word of its command line.</summary>
internal static class OperatorCommands
{
    public static readonly string[] Names = ["backup", "demo", "keys", "migrate"];

    /// <returns>The exit code: 1 where it could not be done.</returns>
    public static Task<int> RunAsync(string name, ReadOnlySpan<string> line)
    {
        var (words, settings) = CommandSettings.Split(line);
        var command = name switch
        {
            "backup" => BackupCommand.Make(settings),
            "keys" => KeysCommand.Make(settings),
            _ => MigrateCommand.Make(settings),
        };
        return ProcessStart.RefusingAsync(() => InvokeAsync(command.Parse(words)));
    }

    /// <summary>Whoever types a command is told what went wrong, not where in the program.</summary>
    private static async Task<int> InvokeAsync(ParseResult command)
    {
        try
        {
            return await command.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (Exception problem) when (StartRefusal.Of(problem) is null && problem is not OperationCanceledException)
        {
            throw new OperatorException($"It could not be done: {problem.Message}");
        }
    }
}
