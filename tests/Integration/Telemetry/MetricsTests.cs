using System.Diagnostics.Metrics;
using JobTracker.Telemetry;
using JobTracker.Tests.Integration.Gateway;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Telemetry;

public sealed class MetricsTests(TracedHost host) : IClassFixture<TracedHost>
{
    private readonly ApiClient _api = host.Batches.Gateway.NewCaller();

    /// <summary>What the document says is what is measured: each figure, its unit, its kind and exactly its attributes.</summary>
    [Fact]
    public async Task Every_figure_of_the_document_is_measured_with_its_attributes_and_no_others()
    {
        await LiveAsync();
        await Until.TrueAsync(() =>
        {
            host.Observe();
            return Task.FromResult(Metrics.All.All(metric => host.Of(metric).Count > 0));
        });

        Assert.Equal(
            Metrics.All.Select(metric => metric.Name).Order(StringComparer.Ordinal), host.Instruments.Keys.Order(StringComparer.Ordinal));
        foreach (var metric in Metrics.All)
        {
            var instrument = host.Instruments[metric.Name];
            Assert.Equal((metric.Unit, metric.Meaning, metric.Kind), (instrument.Unit, instrument.Description, KindOf(instrument)));
            Assert.All(host.Of(metric), measured => Assert.Equal(
                metric.Attributes.Except(["error.type"]).Order(), measured.Attributes.Keys.Except(["error.type"]).Order()));
            Assert.Equal(
                metric.Attributes.Contains("error.type"), host.Of(metric)
                    .Exists(measured => measured.Attributes.ContainsKey("error.type")));
        }
    }

    [Fact]
    public async Task A_jobs_life_is_counted_once()
    {
        var id = await _api.CreateAsync("""{"job_type":"counted-once","status":"pending"}""");
        (await _api.PatchAsync($"/v1/jobs/{id}", """{"status":"running"}""")).Ok();
        (await _api.PatchAsync($"/v1/jobs/{id}", """{"progress":{"completed":1,"total":2}}""")).Ok();
        (await _api.PatchAsync($"/v1/jobs/{id}", """{"status":"completed"}""")).Ok();

        var made = host.Of(Metrics.JobCreated).FindAll(IsOurs);
        Assert.Equal([1.0], made.Select(measured => measured.Value));
        var ended = Assert.Single(host.Of(Metrics.JobDuration), IsOurs);
        Assert.Equal("completed", ended.Attributes["status"]);
        Assert.InRange(ended.Value, 0, 30);

        static bool IsOurs(Measured measured) => measured.Attributes[Metrics.JobType] == "counted-once";
    }

    [Fact]
    public async Task The_gauges_tell_how_many_jobs_are_open_how_old_the_oldest_is_and_which_callbacks_are_owed()
    {
        await using var receiver = await TestReceiver.StartAsync();
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        receiver.Answer = _ => TestAnswer.After(gate.Task, TestAnswer.Status(204));
        await _api.CreateAsync("""{"status":"pending"}""");
        var ending = await _api.CreateAsync($$"""{"status":"running","callback_url":"{{receiver.Url()}}"}""");
        (await _api.PatchAsync($"/v1/jobs/{ending}", """{"status":"completed"}""")).Ok();

        await Until.TrueAsync(() => Task.FromResult(Last(Metrics.JobOpen, "pending") >= 1 && Last(Metrics.CallbackOwed) >= 1));

        Assert.InRange(Last(Metrics.JobOldestAge, "pending"), 0.000_001, 60);
        Assert.InRange(Last(Metrics.CallbackOldestAge), 0.000_001, 60);
        gate.SetResult();
        await Until.TrueAsync(() => Task.FromResult(Last(Metrics.CallbackOwed) == 0));
    }

    private double Last(Metric metric, string? status = null)
    {
        host.Observe();
        return host.Of(metric).LastOrDefault(measured => measured.Attributes.GetValueOrDefault("status") == status)?.Value ?? -1;
    }

    /// <summary>Something of everything that is counted.</summary>
    private async Task LiveAsync()
    {
        var id = await _api.CreateAsync($$"""{"status":"pending","callback_url":"http://127.0.0.1:{{LoopbackPort.Free()}}/"}""");
        await using (await EventStream.OpenAsync(_api, id))
            (await _api.PatchAsync($"/v1/jobs/{id}", """{"status":"running"}""")).Ok();
        (await _api.PatchAsync($"/v1/jobs/{id}", """{"status":"completed"}""")).Ok();
        Assert.Equal(409, (await _api.PatchAsync($"/v1/jobs/{id}", """{"status":"running"}""")).Status);

        var caller = host.Batches.NewCaller();
        var (batch, atProvider) = await caller.RunningAsync("a", "b");
        host.Batches.StandIn.Faults.Arm(StandInRoute.AnthropicGet, FaultKind.InternalError);
        await caller.Api.PostAsync($"/v1/batches/{batch.Text("id")}/refresh", null);
        atProvider.End();
        await caller.DoneAsync(batch);
    }

    private static MetricKind KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0] switch
    {
        nameof(Counter<>) => MetricKind.Counter,
        nameof(UpDownCounter<>) => MetricKind.UpDownCounter,
        nameof(Histogram<>) => MetricKind.Histogram,
        nameof(ObservableGauge<>) => MetricKind.Gauge,
        var other => throw new ArgumentOutOfRangeException(nameof(instrument), other, "No kind of ours."),
    };
}
