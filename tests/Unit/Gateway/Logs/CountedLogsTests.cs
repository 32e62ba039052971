using JobTracker.Gateway.Logs;
using JobTracker.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Unit.Gateway.Logs;

/// <summary>What an outage says a thousand times is written once, and counted.</summary>
public sealed class CountedLogsTests : IDisposable
{
    private readonly FakeTimeProvider _clock = new();
    private readonly Written _written = new();
    private readonly CountedLogs _logs;

    public CountedLogsTests() => _logs = new CountedLogs(new LoggerFactory([_written]), _clock);

    public void Dispose() => _logs.Dispose();

    [Fact]
    public void What_a_library_repeats_is_written_once_and_counted_once_a_minute()
    {
        var orleans = _logs.CreateLogger("Orleans.Runtime.Anything");
        for (var call = 0; call < 1_000; call++)
            orleans.LogWarning(new EventId(7), "Silo {Silo} does not answer", call);
        Assert.Equal(["Warning 7 Silo 0 does not answer"], _written.Lines);

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal("Warning 5300 999 more like this one in the last minute, event 7: Silo 0 does not answer", _written.Lines[1]);

        _clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(2, _written.Lines.Count);
        orleans.LogWarning(new EventId(7), "Silo {Silo} does not answer", 1_000);
        Assert.Equal("Warning 7 Silo 1000 does not answer", _written.Lines[2]);
    }

    [Fact]
    public void Two_messages_are_two_and_so_are_two_categories()
    {
        foreach (var category in new[] { "Orleans.One", "Orleans.Two" })
        {
            _logs.CreateLogger(category).LogError(new EventId(1), "first");
            _logs.CreateLogger(category).LogError(new EventId(2), "second");
        }

        Assert.Equal(4, _written.Lines.Count);
    }

    [Fact]
    public void A_fault_of_an_outage_is_one_line_without_a_stack_whoever_meets_it()
    {
        var ours = _logs.CreateLogger("JobTracker.Grains.Anything");
        var fault = new StorageUnavailableException("The database did not do it.", new IOException("cut\n   at Somewhere.In(The stack)"));

        ours.LogWarning(new EventId(3), fault, "Job {Job} waits", "job-1");
        ours.LogWarning(new EventId(3), fault, "Job {Job} waits", "job-2");

        Assert.Equal(
            ["Warning 3 Job job-1 waits: StorageUnavailableException: The database did not do it. (IOException: cut)"], _written.Lines);
    }

    [Fact]
    public void What_is_no_outage_is_written_as_often_as_it_comes_with_its_stack()
    {
        var ours = _logs.CreateLogger("JobTracker.Grains.Anything");
        for (var job = 1; job <= 2; job++)
            ours.LogWarning(new EventId(4), new FormatException("A bug."), "Job {Job} is broken", job);

        Assert.Equal(["Warning 4 Job 1 is broken FormatException", "Warning 4 Job 2 is broken FormatException"], _written.Lines);
    }

    [Fact]
    public void What_was_counted_is_told_at_the_end()
    {
        for (var call = 0; call < 3; call++)
            _logs.CreateLogger("Orleans.One").LogError(new EventId(1), "again");
        _logs.Dispose();

        Assert.Equal("Error 5300 2 more like this one in the last minute, event 1: again", _written.Lines[1]);
    }

    [Fact]
    public void A_delay_longer_than_the_process_has_lived_is_no_delay_and_a_shorter_one_is()
    {
        var watchdog = _logs.CreateLogger("Orleans.Runtime.Watchdog");
        watchdog.LogWarning(new EventId(5), "has not completed for {TimeSinceLastTick}", TimeSpan.FromDays(400));
        Assert.Empty(_written.Lines);

        watchdog.LogWarning(new EventId(5), "has not completed for {TimeSinceLastTick}", TimeSpan.FromTicks(1));
        Assert.Single(_written.Lines);
    }

    private sealed class Written : ILoggerProvider, ILogger
    {
        public List<string> Lines { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public void Dispose()
        {
        }

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            Lines.Add($"{logLevel} {eventId.Id} {formatter(state, exception)} {exception?.GetType().Name}".TrimEnd());
    }
}
