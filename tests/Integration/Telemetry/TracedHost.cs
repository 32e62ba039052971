using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using JobTracker.Gateway.Telemetry;
using JobTracker.Telemetry;
using JobTracker.Tests.Integration.Gateway.Batches;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry;
using OpenTelemetry.Trace;

namespace JobTracker.Tests.Integration.Telemetry;

/// <summary>A silo with its gateway whose spans and figures are kept in memory. Its callbacks may reach this machine.</summary>
public sealed class TracedHost : IAsyncLifetime
{
    private readonly MeterListener _meters = new();

    public TracedHost()
    {
        // The endpoint is what turns tracing on between grains; the exporter is the test's.
        Batches = new BatchHost(
            services => services.AddOpenTelemetry().WithTracing(
                traces => traces.AddJobTrackerSources().AddProcessor(new SimpleActivityExportProcessor(new Keeper(Spans)))),
            ("OTEL_EXPORTER_OTLP_TRACES_ENDPOINT", "http://127.0.0.1:9"),
            ("Callbacks:AllowedNetworks:0", "127.0.0.0/8"), ("Callbacks:Schedule:0", "00:00:00"), ("Callbacks:Schedule:1", "00:00:00.020"),
            ("Callbacks:Jitter", "0"), ("Callbacks:Timeout", "00:01:00"), ("Sweeper:Interval", "00:00:00.050"),
            ("Sweeper:FiguresInterval", "00:00:00.100"));
        _meters.InstrumentPublished = Listen;
        _meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meters.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Keep(instrument, value, tags));
        _meters.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Keep(instrument, value, tags));
    }

    internal BatchHost Batches { get; }

    internal ConcurrentQueue<Activity> Spans { get; } = new();

    internal ConcurrentQueue<Measured> Figures { get; } = new();

    internal ConcurrentDictionary<string, Instrument> Instruments { get; } = new();

    public async ValueTask InitializeAsync()
    {
        await Batches.InitializeAsync();
        _meters.Start();
    }

    public async ValueTask DisposeAsync()
    {
        _meters.Dispose();
        await Batches.DisposeAsync();
    }

    /// <summary>What was measured of one figure since the start.</summary>
    internal List<Measured> Of(Metric metric) => [.. Figures.Where(figure => figure.Name == metric.Name)];

    /// <summary>What the gauges say now.</summary>
    internal void Observe() => _meters.RecordObservableInstruments();

    private void Listen(Instrument instrument, MeterListener listener)
    {
        // Other hosts of the suite have meters of the same name: this one's come from its own factory.
        if (instrument.Meter.Name != Instrumentation.Name
            || !ReferenceEquals(instrument.Meter.Scope, Batches.Gateway.Services.GetRequiredService<IMeterFactory>()))
            return;
        Instruments[instrument.Name] = instrument;
        listener.EnableMeasurementEvents(instrument);
    }

    private void Keep(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags) =>
        Figures.Enqueue(new Measured(instrument.Name, value, tags.ToArray().ToDictionary(tag => tag.Key, tag => tag.Value?.ToString())));

    private sealed class Keeper(ConcurrentQueue<Activity> spans) : BaseExporter<Activity>
    {
        public override ExportResult Export(in Batch<Activity> batch)
        {
            foreach (var span in batch)
                spans.Enqueue(span);
            return ExportResult.Success;
        }
    }
}

internal sealed record Measured(string Name, double Value, Dictionary<string, string?> Attributes);
