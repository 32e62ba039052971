namespace JobTracker.Silo.Commands;

/// <summary>
/// Parts a command's line: settings, as the service itself takes them, are named by their section (<c>--Storage:SqlitePath x</c>) or are
/// the host's own; all else is for the command.
/// </summary>
internal static class CommandSettings
{
    /// <summary>What every host of .NET reads, and a command line that is shared with the service may have.</summary>
    private static readonly string[] OfTheHost = ["urls", "environment", "contentRoot"];

    public static (string[] Words, string[] Settings) Split(ReadOnlySpan<string> line)
    {
        List<string> words = [], settings = [];
        for (var at = 0; at < line.Length; at++)
        {
            if (!IsSetting(line[at]))
            {
                words.Add(line[at]);
                continue;
            }
            settings.Add(line[at]);
            if (line[at] is ['-' or '/', ..] && !line[at].Contains('=', StringComparison.Ordinal) && at + 1 < line.Length)
                settings.Add(line[++at]);
        }
        return ([.. words], [.. settings]);
    }

    private static bool IsSetting(string argument)
    {
        var key = argument.Split('=', 2)[0];
        var name = key.TrimStart('-', '/');
        var isSwitch = name != key;
        var isPath = name.Contains('/', StringComparison.Ordinal);
        var hasSection = name.Contains(':', StringComparison.Ordinal);
        return !isPath && (hasSection ? isSwitch || key != argument : isSwitch && OfTheHost.Contains(name));
    }
}
