using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Problems;
using JobTracker.Jobs;
using JobTracker.PlainText;

namespace JobTracker.Gateway.Requests.Bodies;

/// <summary>
/// Reads a JSON object of a request field by field. What is wrong is noted under its path and reads as absent; null and absent read alike,
/// and only <see cref="Has"/> tells them apart. The element must be free of flaws (<see cref="JsonFlaw"/>).
/// </summary>
internal sealed class JsonFields
{
    private readonly Dictionary<string, JsonElement> _values = [];
    private readonly string _path;
    private readonly RequestErrors _errors;

    /// <summary>Notes every property that <paramref name="known"/> does not name.</summary>
    public JsonFields(JsonElement element, string path, FrozenSet<string> known, RequestErrors errors)
    {
        _path = path;
        _errors = errors;
        if (element.ValueKind != JsonValueKind.Object)
        {
            errors.InBody(path, "must be an object");
            return;
        }
        foreach (var property in element.EnumerateObject())
        {
            if (!known.Contains(property.Name))
                errors.InBody($"{path}.{property.Name}", "is no field of this request");
            else if (!_values.TryAdd(property.Name, property.Value))
                errors.InBody($"{path}.{property.Name}", "appears twice");
        }
    }

    /// <summary>The names of the properties of a body, as the wire writes them.</summary>
    public static FrozenSet<string> NamesOf(JsonTypeInfo type) => type.Properties.Select(property => property.Name).ToFrozenSet();

    public bool Has(string name) => _values.ContainsKey(name);

    public bool IsNull(string name) => _values.TryGetValue(name, out var value) && value.ValueKind == JsonValueKind.Null;

    public void Wrong(string name, string detail) => _errors.InBody($"{_path}.{name}", detail);

    /// <summary>A string; what it may say, the job's own rules decide.</summary>
    public string? Text(string name, int longest = int.MaxValue)
    {
        var text = Value(name, JsonValueKind.String, "must be a string")?.GetString();
        if (text is null || text.Length <= longest)
            return text;
        return Refused<string>(name, string.Create(CultureInfo.InvariantCulture, $"must not have more than {longest} characters"));
    }

    /// <summary>
    /// A number without a fraction, however it is written: 30.0 and 3e1 are whole numbers, too (JSON Schema 2020-12, validation, 6.1.1).
    /// </summary>
    public long? Whole(string name, long least, long most)
    {
        if (Value(name, JsonValueKind.Number, "must be a number") is not { } value)
            return null;
        if (value.TryGetDecimal(out var number) && number == decimal.Truncate(number) && number >= least && number <= most)
            return (long)number;
        Wrong(name, string.Create(CultureInfo.InvariantCulture, $"must be a whole number from {least} to {most}"));
        return null;
    }

    public bool? Flag(string name)
    {
        if (!TryFind(name, out var value))
            return null;
        if (value.ValueKind is JsonValueKind.True or JsonValueKind.False)
            return value.GetBoolean();
        Wrong(name, "must be true or false");
        return null;
    }

    public DateTimeOffset? Moment(string name)
    {
        if (Value(name, JsonValueKind.String, "must be an RFC 3339 timestamp") is not { } value)
            return null;
        if (Rfc3339.TryParse(value.GetString()!, out var moment))
            return moment;
        Wrong(name, "must be an RFC 3339 timestamp with an offset, such as 2026-01-31T12:00:00Z");
        return null;
    }

    public JobId? JobId(string name)
    {
        if (Value(name, JsonValueKind.String, "must be a job id") is not { } value)
            return null;
        if (JobTracker.Jobs.JobId.TryParse(value.GetString(), out var id))
            return id;
        Wrong(name, "must be a job id: job- and a UUID in lower case");
        return null;
    }

    public JobStatus? Status(string name)
    {
        if (Value(name, JsonValueKind.String, "must be a status") is not { } value)
            return null;
        if (JobStatus.FromWord(value.GetString()!) is { } status)
            return status;
        Wrong(name, "must be a status: created, pending, running, completed, failed, cancelled or expired");
        return null;
    }

    public ImmutableArray<JobStatus>? Statuses(string name)
    {
        if (Value(name, JsonValueKind.Array, "must be an array of statuses") is not { } value)
            return null;
        var statuses = ImmutableArray.CreateBuilder<JobStatus>();
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String || JobStatus.FromWord(item.GetString()!) is not { } status)
                return Refused<ImmutableArray<JobStatus>?>(name, "must be an array of statuses");
            if (!statuses.Contains(status))
                statuses.Add(status);
        }
        return statuses.ToImmutable();
    }

    /// <summary>Strings; what they may say, the job's own rules decide.</summary>
    public ImmutableArray<string>? Texts(string name)
    {
        const string expected = "must be an array of strings";
        if (Value(name, JsonValueKind.Array, expected) is not { } value)
            return null;
        var texts = ImmutableArray.CreateBuilder<string>();
        foreach (var item in value.EnumerateArray())
        {
            if (item.ValueKind != JsonValueKind.String)
                return Refused<ImmutableArray<string>?>(name, expected);
            texts.Add(item.GetString()!);
        }
        return texts.ToImmutable();
    }

    /// <summary>
    /// An object of free form, as compact JSON of at most <paramref name="mostBytes"/> bytes and <paramref name="mostLevels"/> levels.
    /// </summary>
    public string? Object(string name, int mostBytes, int mostLevels)
    {
        if (Value(name, JsonValueKind.Object, "must be an object") is not { } value)
            return null;
        if (Levels(value, mostLevels) > mostLevels)
            return Refused<string>(
                name, string.Create(CultureInfo.InvariantCulture, $"must not be nested deeper than {mostLevels} levels"));
        var text = PlainJson.Of(value);
        if (Encoding.UTF8.GetByteCount(text) > mostBytes)
            return Refused<string>(name, string.Create(CultureInfo.InvariantCulture, $"must not be larger than {mostBytes} bytes"));
        return text;
    }

    /// <summary>An object with fields of its own.</summary>
    public JsonFields? Nested(string name, FrozenSet<string> known) =>
        Value(name, JsonValueKind.Object, "must be an object") is { } value
            ? new JsonFields(value, $"{_path}.{name}", known, _errors)
            : null;

    /// <summary>An array, element by element.</summary>
    public JsonElement? Array(string name) => Value(name, JsonValueKind.Array, "must be an array");

    /// <summary>An object whose fields are read by rules of their own.</summary>
    public JsonElement? Element(string name) => Value(name, JsonValueKind.Object, "must be an object");

    /// <summary>Notes a field that is absent or null.</summary>
    public void Require(string name)
    {
        if (!TryFind(name, out _))
            Wrong(name, "is required");
    }

    private JsonElement? Value(string name, JsonValueKind kind, string expected)
    {
        if (!TryFind(name, out var value))
            return null;
        if (value.ValueKind == kind)
            return value;
        Wrong(name, expected);
        return null;
    }

    private bool TryFind(string name, out JsonElement value) =>
        _values.TryGetValue(name, out value) && value.ValueKind != JsonValueKind.Null;

    private T? Refused<T>(string name, string detail)
    {
        Wrong(name, detail);
        return default;
    }

    /// <summary>How deep the element nests, itself included; stops counting one past <paramref name="enough"/>.</summary>
    private static int Levels(JsonElement element, int enough)
    {
        if (enough < 0 || element.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
            return 0;
        var deepest = 0;
        if (element.ValueKind == JsonValueKind.Object)
        {
            foreach (var property in element.EnumerateObject())
                deepest = Math.Max(deepest, Levels(property.Value, enough - 1));
        }
        else
        {
            foreach (var item in element.EnumerateArray())
                deepest = Math.Max(deepest, Levels(item, enough - 1));
        }
        return deepest + 1;
    }
}
