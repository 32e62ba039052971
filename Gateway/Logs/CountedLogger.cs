using System.Text.RegularExpressions;

namespace JobTracker.Gateway.Logs;

/// <summary>Writes what its category says; what repeats itself, once.</summary>
internal sealed partial class CountedLogger(string category, ILogger inner, Repeats repeats) : ILogger
{
    private const int LongestText = 600;

    private static readonly string[] Libraries = ["Orleans", "Microsoft.", "System.", "Polly", "Npgsql"];

    private readonly bool _isLibrary = Array.Exists(Libraries, name => category.StartsWith(name, StringComparison.Ordinal));

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => inner.IsEnabled(logLevel);

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!inner.IsEnabled(logLevel) || FalseAlarm.Is(category, state))
            return;
        // What is not of an outage is one of its kind: which job, which key.
        var isPassing = PassingFaults.Has(exception);
        if (!isPassing && !(_isLibrary && logLevel >= LogLevel.Warning))
        {
            inner.Log(logLevel, eventId, state, exception, formatter);
            return;
        }

        var text = Line(formatter(state, exception), isPassing ? exception : null);
        if (!repeats.IsFirst(new Kind(category, eventId.Id), logLevel, text))
            return;
        // An outage is no bug: where in the program it was met tells nothing, and its stacks were nine lines of ten.
        inner.Log(logLevel, eventId, state, isPassing ? null : exception, (_, _) => text);
    }

    private static string Line(string message, Exception? fault)
    {
        var text = fault is null ? message : $"{message}: {fault.GetType().Name}: {Said(fault)}{Innermost(fault)}";
        text = text.ReplaceLineEndings(" ");
        return text.Length > LongestText ? $"{text[..LongestText]}…" : text;
    }

    private static string Innermost(Exception fault) =>
        fault.GetBaseException() is var cause && !ReferenceEquals(cause, fault) ? $" ({cause.GetType().Name}: {Said(cause)})" : "";

    /// <summary>Some of Orleans' exceptions have the stack of another one in their message.</summary>
    private static string Said(Exception fault) => Stack().Split(fault.Message, 2)[0].TrimEnd();

    [GeneratedRegex(@"^\s+at ", RegexOptions.Multiline, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Stack();
}
