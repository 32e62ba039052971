using System.Diagnostics;
using System.Text.Json;
using JobTracker.Gateway.Logs;
using JobTracker.Telemetry;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace JobTracker.Tests.Unit.Telemetry;

public sealed class JsonLineFormatterTests
{
    private static readonly FakeTimeProvider Clock = new(new DateTimeOffset(2026, 11, 26, 12, 0, 0, TimeSpan.Zero));

    [Fact]
    public void A_line_says_what_happened_to_whom_and_in_which_trace()
    {
        using var activity = new Activity("request").SetIdFormat(ActivityIdFormat.W3C).Start();
        var subjects = new LogSubjects();
        subjects.Add(() => null);
        subjects.Add(() => new LogSubject("job-1", "org-1"));

        var line = Write(
            subjects,
            log => log.LogWarning(
                new EventId(7), "Woke {Woken} jobs,\nthe first {FirstJob} after {Lag}", 3, null, TimeSpan.FromMilliseconds(1500)));

        Assert.Equal(
            $$$"""{"time":"2026-11-26T12:00:00Z","level":"warning","category":"Sweeper","event_id":7,"message":"Woke 3 jobs,\nthe first (null) after 00:00:01.5000000","trace_id":"{{{activity.TraceId}}}","span_id":"{{{activity.SpanId}}}","job_id":"job-1","organization_id":"org-1","values":{"woken":3,"first_job":null,"lag":1.5}}""",
            line);
    }

    [Fact]
    public void What_is_not_known_is_left_out()
    {
        Activity.Current = null;

        Assert.Equal(
            """{"time":"2026-11-26T12:00:00Z","level":"warning","category":"Sweeper","event_id":7,"message":"Quiet"}""",
            Write(new LogSubjects(), Quiet));
    }

    [Fact]
    public void A_batch_is_no_job_and_work_of_its_own_goes_before_whose_turn_it_is()
    {
        var subjects = new LogSubjects();
        subjects.Add(() => new LogSubject("job-1", "org-1"));
        subjects.Enter(new LogSubject("batch-1", OrganizationId: null));

        using var line = JsonDocument.Parse(Write(subjects, Quiet));

        Assert.Equal("batch-1", line.RootElement.GetProperty("batch_id").GetString());
        Assert.False(line.RootElement.TryGetProperty("job_id", out _) || line.RootElement.TryGetProperty("organization_id", out _));
    }

    [Fact]
    public void An_exception_is_part_of_the_line()
    {
        using var text = new StringWriter();
        var entry = new LogEntry<string>(
            LogLevel.Error, "Sweeper", new EventId(7), "Broke", new InvalidOperationException("one\ntwo"), (state, _) => state);
        new JsonLineFormatter(new LogSubjects(), Clock).Write(entry, null, text);

        var line = Assert.Single(text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
        using var json = JsonDocument.Parse(line);
        Assert.StartsWith("System.InvalidOperationException: one\ntwo", json.RootElement.GetProperty("exception").GetString());
    }

    private static void Quiet(ILogger log) => log.LogWarning(new EventId(7), "Quiet");

    private static string Write(LogSubjects subjects, Action<ILogger> say)
    {
        using var text = new StringWriter();
        say(new Capturing(new JsonLineFormatter(subjects, Clock), text));
        return Assert.Single(text.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private sealed class Capturing(JsonLineFormatter formatter, TextWriter text) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> format) =>
            formatter.Write(new LogEntry<TState>(logLevel, "Sweeper", eventId, state, exception, format), null, text);
    }
}
