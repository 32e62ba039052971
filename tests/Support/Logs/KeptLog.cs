using Microsoft.Extensions.Logging;

namespace JobTracker.Tests.Support.Logs;

/// <summary>Keeps all that one class logs, for a test to look at.</summary>
internal sealed class KeptLog<T> : ILogger<T>
{
    private readonly List<LogLine> _lines = [];

    /// <summary>As they came.</summary>
    public IReadOnlyList<LogLine> Lines
    {
        get
        {
            lock (_lines)
                return [.. _lines];
        }
    }

    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        lock (_lines)
            _lines.Add(new LogLine(logLevel, typeof(T).Name, eventId.Id, formatter(state, exception)));
    }
}
