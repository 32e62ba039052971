using System.Diagnostics.Metrics;
using JobTracker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>A machine whose clock is set back while the service runs, by more than <c>Limits:ClockSkew</c>.</summary>
public sealed class ClockSetBackTests
{
    private static readonly TimeSpan Step = TimeSpan.FromMinutes(5.5);

    [Fact]
    public async Task Creates_and_changes_go_on_ids_rise_and_it_is_told()
    {
        var clock = new SteppedClock();
        using var warning = new Warning(5300);
        await using var host = new GatewayHost(services =>
        {
            services.AddSingleton<TimeProvider>(clock);
            services.AddSingleton<ILoggerProvider>(warning);
        });
        host.Log.Expect("JobTracker.Gateway.Clock", "the clock goes back");
        await host.InitializeAsync();
        var caller = host.NewCaller();
        var before = (await caller.PostAsync("/v1/jobs", """{"status":"pending"}""")).Created();

        clock.SetBack(Step);
        var after = (await caller.PostAsync("/v1/jobs", """{"status":"pending"}""")).Created();
        var many = (await caller.PostAsync("/v1/jobs/bulk", """{"jobs":[{"status":"pending"},{"status":"running"}]}""")).Ok();
        var moved = (await caller.PatchAsync($"/v1/jobs/{before.Text("id")}", """{"status":"running"}""")).Ok();

        Assert.True(string.CompareOrdinal(after.Text("id"), before.Text("id")) > 0, $"{after.Text("id")} after {before.Text("id")}");
        Assert.All(many.Body.GetProperty("results").EnumerateArray(), result => Assert.Equal(201, result.GetProperty("status").GetInt32()));
        Assert.True(moved.Body.GetProperty("updated_at").GetDateTimeOffset() >= before.Body.GetProperty("updated_at").GetDateTimeOffset());
        Assert.Contains("is 00:05:", await warning.Told.Soon());
        Assert.InRange(Behind(host), Step.TotalSeconds - 1, Step.TotalSeconds + 1);
    }

    private static double Behind(GatewayHost host)
    {
        var meters = host.Services.GetRequiredService<IMeterFactory>();
        double behind = 0;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "jobtracker.clock.behind" && instrument.Meter.Scope == meters)
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<double>((_, value, _, _) => behind = Math.Max(behind, value));
        listener.Start();
        listener.RecordObservableInstruments();
        return behind;
    }

    private sealed class SteppedClock : TimeProvider
    {
        private long _back;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() - TimeSpan.FromTicks(Interlocked.Read(ref _back));

        public void SetBack(TimeSpan by) => Interlocked.Add(ref _back, by.Ticks);
    }

    /// <summary>Waits for a message of this id.</summary>
    private sealed class Warning(int id) : ILoggerProvider, ILogger
    {
        private readonly TaskCompletionSource<string> _told = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public Task<string> Told => _told.Task;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(
            LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (eventId.Id == id)
                _told.TrySetResult(formatter(state, exception));
        }

        public void Dispose()
        {
        }
    }
}
