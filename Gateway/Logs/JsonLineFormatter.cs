using System.Buffers;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using JobTracker.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;

namespace JobTracker.Gateway.Logs;

/// <summary>
/// One line: <c>time</c>, <c>level</c>, <c>category</c>, <c>event_id</c>, <c>message</c>; where they are known <c>trace_id</c>,
/// <c>span_id</c>, <c>job_id</c> (or <c>batch_id</c>) and <c>organization_id</c>; what the message was made from in <c>values</c>; and
/// <c>exception</c>.
/// </summary>
internal sealed class JsonLineFormatter(LogSubjects subjects, TimeProvider clock) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "jobtracker-json";

    private const string Template = "{OriginalFormat}";

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var bytes = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("time", clock.GetUtcNow().UtcDateTime);
            json.WriteString("level", LevelOf(logEntry.LogLevel));
            json.WriteString("category", logEntry.Category);
            json.WriteNumber("event_id", logEntry.EventId.Id);
            json.WriteString("message", logEntry.Formatter(logEntry.State, logEntry.Exception));
            WriteSubject(json);
            WriteValues(json, logEntry.State as IEnumerable<KeyValuePair<string, object?>>);
            if (logEntry.Exception is { } exception)
                json.WriteString("exception", exception.ToString());
            json.WriteEndObject();
        }
        textWriter.WriteLine(Encoding.UTF8.GetString(bytes.WrittenSpan));
    }

    private void WriteSubject(Utf8JsonWriter json)
    {
        if (Activity.Current is { IdFormat: ActivityIdFormat.W3C } activity)
        {
            json.WriteString("trace_id", activity.TraceId.ToHexString());
            json.WriteString("span_id", activity.SpanId.ToHexString());
        }
        if (subjects.Current is not { } subject)
            return;
        if (subject.Id is { } id)
            json.WriteString(id.StartsWith("batch-", StringComparison.Ordinal) ? "batch_id" : "job_id", id);
        if (subject.OrganizationId is { } organization)
            json.WriteString("organization_id", organization);
    }

    private static void WriteValues(Utf8JsonWriter json, IEnumerable<KeyValuePair<string, object?>>? values)
    {
        var isOpen = false;
        foreach (var (name, value) in values ?? [])
        {
            if (name == Template)
                continue;
            if (!isOpen)
                json.WriteStartObject("values");
            isOpen = true;
            WriteValue(json, JsonNamingPolicy.SnakeCaseLower.ConvertName(name), value);
        }
        if (isOpen)
            json.WriteEndObject();
    }

    private static void WriteValue(Utf8JsonWriter json, string name, object? value)
    {
        switch (value)
        {
            case null:
                json.WriteNull(name);
                break;
            case bool flag:
                json.WriteBoolean(name, flag);
                break;
            case int or long or short or byte:
                json.WriteNumber(name, Convert.ToInt64(value, CultureInfo.InvariantCulture));
                break;
            case TimeSpan duration:
                json.WriteNumber(name, duration.TotalSeconds);
                break;
            default:
                json.WriteString(name, Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private static string LevelOf(LogLevel level) => level switch
    {
        LogLevel.Trace => "trace",
        LogLevel.Debug => "debug",
        LogLevel.Information => "information",
        LogLevel.Warning => "warning",
        LogLevel.Error => "error",
        LogLevel.Critical => "critical",
        LogLevel.None => "none",
    };
}
