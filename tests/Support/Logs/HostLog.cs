using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace JobTracker.Tests.Support.Logs;

/// <summary>Sends what one host of a test logs to the log of the whole suite, but for what the test says that it provokes.</summary>
internal sealed class HostLog : ILoggerProvider
{
    private readonly ConcurrentDictionary<string, string> _reasons = new();

    /// <summary>From now on nothing is made of what this host logs under such categories.</summary>
    public void Expect(string categoryPrefix, string why) => _reasons[categoryPrefix] = why;

    public ILogger CreateLogger(string categoryName) => new Logger(this, categoryName);

    public void Dispose()
    {
    }

    private bool IsExpected(string category) => _reasons.Keys.Any(prefix => category.StartsWith(prefix, StringComparison.Ordinal));

    private sealed class Logger(HostLog host, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Information;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (!IsEnabled(logLevel))
                return;
            var line = new LogLine(
                logLevel, category, eventId.Id, exception is null ? formatter(state, null) : $"{formatter(state, null)} {exception}");
            SuiteLog.Search(line);
            if (logLevel >= LogLevel.Warning && !host.IsExpected(category))
                SuiteLog.Add(line);
        }
    }
}
