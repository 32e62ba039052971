using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using JobTracker.Jobs;
using JobTracker.PlainText;

namespace JobTracker.Operations;

/// <summary>A filter as JSON, in the words of the list: how an operation shows it, and by which two starts are told apart.</summary>
public static class FilterText
{
    private const string Nothing = "{}";

    /// <summary>The filter names nothing, and so every job.</summary>
    public static bool IsEmpty(JobQuery filter) => Of(filter) == Nothing;

    /// <summary>The filters of a query: what says where a page begins, and how long it is, is no part of them.</summary>
    public static string Of(JobQuery filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, new JsonWriterOptions { Encoder = PlainJsonEncoder.Instance }))
        {
            json.WriteStartObject();
            WriteStatuses(json, filter);
            Write(json, "job_type", filter.JobType);
            Write(json, "user_id", filter.UserId);
            Write(json, "stop_reason", filter.StopReason);
            if (filter.Background is { } background)
                json.WriteBoolean("background", background);
            Write(json, "parent_id", filter.ParentId?.ToString());
            Write(json, "source_id", filter.SourceId);
            Write(json, "created_after", Text(filter.CreatedAfter));
            Write(json, "created_before", Text(filter.CreatedBefore));
            Write(json, "tag", filter.Tags);
            Write(json, "any_tag", filter.AnyTags);
            Write(json, "callback", filter.Callback?.Word);
            Write(json, "callback_host", filter.CallbackHost);
            Write(json, "completed_after", Text(filter.CompletedAfter));
            Write(json, "completed_before", Text(filter.CompletedBefore));
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(text.WrittenSpan);
    }

    /// <summary>SHA-256 in lower-case hexadecimal over all that a start asks for.</summary>
    public static string FingerprintOf(StartOperation command)
    {
        ArgumentNullException.ThrowIfNull(command);
        string?[] parts =
        [
            command.Action.Word, command.Filter is { } filter ? Of(filter) : null, command.All ? "all" : null,
            string.Join(',', command.JobIds), command.Reason, command.MaxItems?.ToString(CultureInfo.InvariantCulture),
            command.MaxPerSecond.ToString(CultureInfo.InvariantCulture),
        ];
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts.Select(JsonEncodedOf)))));
    }

    private static string JsonEncodedOf(string? part) => part is null ? "null" : $"\"{JsonEncodedText.Encode(part)}\"";

    private static void WriteStatuses(Utf8JsonWriter json, JobQuery filter)
    {
        if (filter.Statuses.IsEmpty)
            return;
        json.WriteStartArray("status");
        foreach (var status in filter.Statuses.Order())
            json.WriteStringValue(status.Word);
        json.WriteEndArray();
    }

    /// <summary>Any of them alike, in any order.</summary>
    private static void Write(Utf8JsonWriter json, string name, ImmutableArray<string> words)
    {
        if (words.IsDefaultOrEmpty)
            return;
        json.WriteStartArray(name);
        foreach (var word in words.Order(StringComparer.Ordinal))
            json.WriteStringValue(word);
        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, string? value)
    {
        if (value is not null)
            json.WriteString(name, value);
    }

    private static string? Text(DateTimeOffset? moment) =>
        moment?.ToUniversalTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);
}
