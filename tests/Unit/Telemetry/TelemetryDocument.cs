using System.Text;
using JobTracker.Telemetry;

namespace JobTracker.Tests.Unit.Telemetry;

/// <summary>docs/telemetry.md, written from the table that the instruments are made from.</summary>
internal static class TelemetryDocument
{
    public static string Text()
    {
        var text = new StringBuilder("""
            # Telemetry

            Written by a test from [Metrics.cs](../Grains.Interfaces/Telemetry/Metrics.cs). What to look at, and when to be alarmed: [operations.md](operations.md).

            - **Push** (OTLP): set the standard `OTEL_*` variables. A signal is pushed where `OTEL_EXPORTER_OTLP_ENDPOINT`, or its own (`…_TRACES_ENDPOINT`, `…_METRICS_ENDPOINT`,
              `…_LOGS_ENDPOINT`), is set; `OTEL_TRACES_EXPORTER=none` and the like leave one out. The service is `jobtracker-silo` or `jobtracker-gateway` unless `OTEL_SERVICE_NAME` says otherwise.
            - **Scrape** (Prometheus): `Telemetry:Prometheus` serves `/metrics` on the management port (`Management:Urls`; without it beside the API, where with `Auth:Mode` `keys` it asks for an
              admin's key). Prometheus writes dots as underscores, adds the unit, and `_total` to counters: `jobtracker_job_created_total`, `jobtracker_job_duration_seconds_bucket`. The exporter,
              OpenTelemetry.Exporter.Prometheus.AspNetCore, is a prerelease.
            - Where neither is set nothing is set up, and the instruments cost nothing.

            ## Metrics

            Meter `JobTracker`. No attribute names an organization, a user or a job. `job_type` has at most 50 values in a process; the types that it meets after those are `_OTHER`.


            """);
        text.Append("| metric | kind | unit | attributes | what |\n|---|---|---|---|---|\n");
        foreach (var metric in Metrics.All)
            text.Append($"| `{metric.Name}` | {KindOf(metric)} | {metric.Unit} | {AttributesOf(metric)} | {metric.Meaning} |\n");
        text.Append("""

            The gauges of all jobs (`one silo tells it for all`) are read every `Sweeper:FiguresInterval`, 15 s, by the silo that has the sweeper, and only while somebody looks; the pause is at least 10 times
            as long as a reading takes. Owed callbacks are counted among the `Sweeper:FiguresLimit`, 20,000, jobs that are due first. A job's callback that was sent again by hand counts from the job's end.

            Beside them: `Microsoft.Orleans`, `Npgsql`, `Microsoft.AspNetCore.Hosting`, `Microsoft.AspNetCore.Server.Kestrel`, `System.Runtime`, as those document them.

            ## Traces

            Source `JobTracker`, beside those of ASP.NET Core, Orleans (`Microsoft.Orleans.Runtime`, `Microsoft.Orleans.Application`) and `Npgsql`. One trace leads from a request to the callback:

            | span | kind | where it stands | attributes |
            |---|---|---|---|
            | of the request | server | the caller's `traceparent`, or a new trace; its id is the `X-Request-Id` | ASP.NET Core's |
            | of the grain's call | client, server | below the request | Orleans' |
            | `write` | internal | below the grain's call; it has a link to the commit that stored it | `jobtracker.job.id` |
            | `commit` | internal | below the first traced `write` that it stores; of a group of writes there is one | `jobtracker.storage.commit.rows` |
            | of the statement | client | below the commit | Npgsql's |
            | `callback attempt` | client | in the trace of the change that owes the callback, with a link to it, every attempt until the last | `jobtracker.job.id`, `jobtracker.callback.attempt`, `server.address`, `http.response.status_code` |

            The trace of the change is stored with the callback (55 characters), so that it survives a restart and a move to another silo; of a change that is not traced nothing is stored. A receiver is sent no trace id.
            Health checks and scrapes are no part of a trace, and what the service asks its database by itself has none. Every request is traced unless `OTEL_TRACES_SAMPLER` says otherwise: under load set
            `parentbased_traceidratio` and `OTEL_TRACES_SAMPLER_ARG=0.05`. Below a request that is not drawn nothing is recorded. A call of a .NET client is part of the trace of its process where that hands it on
            (`AddActivityPropagation` on its Orleans client); no trace begins in a silo.

            ## Logs

            `Logging:Json` writes one JSON object a line: `time`, `level`, `category`, `event_id`, `message`, `values` (what the message was made from); where they are known `trace_id`, `span_id`, `job_id` or
            `batch_id`, `organization_id`; and `exception`. An event id means one thing in the whole program (a test).

            """);
        return text.ToString();
    }

    private static string KindOf(Metric metric) => metric.Kind switch
    {
        MetricKind.Counter => "counter",
        MetricKind.UpDownCounter => "up-down counter",
        MetricKind.Histogram => "histogram",
        MetricKind.Gauge => "gauge",
    };

    private static string AttributesOf(Metric metric) => string.Join(", ", metric.Attributes.Select(name => $"`{name}`"));
}
