namespace JobTracker.Gateway;

/// <summary>
/// The words and settings of a command line, as .NET's own source of configuration reads them (<c>--key value</c>, <c>--key=value</c>,
/// <c>/key value</c>, <c>key=value</c>); but what that passes over in silence is refused here.
/// </summary>
internal sealed class CommandLine
{
    private readonly List<string> _words = [];
    private readonly List<string> _keys = [];

    private CommandLine()
    {
    }

    /// <summary>What belongs to no setting: a command, and what it is given.</summary>
    public IReadOnlyList<string> Words => _words;

    /// <summary>The keys of the settings.</summary>
    public IReadOnlyList<string> Keys => _keys;

    /// <exception cref="Configuration.StartRefusedException">A switch of one letter, or a key without a value.</exception>
    public static CommandLine Read(IReadOnlyList<string> arguments)
    {
        var line = new CommandLine();
        for (var at = 0; at < arguments.Count; at++)
        {
            var (prefix, rest) = Split(arguments[at]);
            if (prefix == "-")
                throw new Configuration.StartRefusedException(
                    $"'{arguments[at]}' is no setting; they are written --KEY=VALUE, such as --urls=http://localhost:8080.");
            if (rest.IndexOf('=', StringComparison.Ordinal) is >= 0 and var sign)
                line._keys.Add(rest[..sign]);
            else if (prefix.Length == 0)
                line._words.Add(rest);
            else if (++at < arguments.Count)
                line._keys.Add(rest);
            else
                throw new Configuration.StartRefusedException($"{rest} has no value: it is written --{rest}=VALUE.");
        }
        return line;
    }

    private static (string Prefix, string Text) Split(string argument) => argument switch
    {
        ['-', '-', .. var key] => ("--", key),
        ['-', ..] => ("-", argument),
        ['/', .. var key] => ("/", key),
        _ => ("", argument),
    };
}
