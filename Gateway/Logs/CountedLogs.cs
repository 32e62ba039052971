namespace JobTracker.Gateway.Logs;

/// <summary>
/// Loggers that write what repeats itself once a minute, and how often it came. An outage makes the runtime, and us, say the same thing of
/// each call, each with its stack, thousands of times a second; who reads the log wants to know that it began, what it was, and how much.
/// </summary>
internal sealed class CountedLogs : ILoggerFactory
{
    private static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    private readonly LoggerFactory _inner;
    private readonly Repeats _repeats;
    private readonly ITimer _windows;

    public CountedLogs(LoggerFactory inner, TimeProvider clock)
    {
        (_inner, _repeats) = (inner, new Repeats());
        _windows = clock.CreateTimer(_ => Told(), state: null, Window, Window);
    }

    public ILogger CreateLogger(string categoryName) => new CountedLogger(categoryName, _inner.CreateLogger(categoryName), _repeats);

    public void AddProvider(ILoggerProvider provider) => _inner.AddProvider(provider);

    /// <summary>What was counted is told before the end.</summary>
    public void Dispose()
    {
        _windows.Dispose();
        Told();
        _inner.Dispose();
    }

    private void Told()
    {
        foreach (var (kind, repeated) in _repeats.Take())
            _inner.CreateLogger(kind.Category).Repeated(repeated.Level, repeated.Count, kind.EventId, repeated.Text);
    }
}
