using System.Text;
using System.Text.Json.Nodes;

namespace JobTracker.Tests.Processes.Fuzz;

/// <summary>Makes requests from the document: right ones, and ones that are wrong in the way that was asked for.</summary>
internal sealed class RequestMaker(JsonNode document, KnownIds known, Random random)
{
    private static readonly string[] Methods =
        ["GET", "POST", "PATCH", "DELETE", "PUT", "HEAD", "OPTIONS", "TRACE", "get", "FOO", "PROPFIND", "G\x80T", "CONNECT", "*"];

    private readonly ValueMaker _values = new(document, known, random);

    private readonly (string Method, string Template, JsonNode Operation)[] _operations = [.. document["paths"]!.AsObject()
        .SelectMany(path => path.Value!.AsObject().Select(operation => (operation.Key.ToUpperInvariant(), path.Key, operation.Value!)))];

    public static FuzzRequest NewJob() =>
        new(FuzzClass.Valid, "POST", "/v1/jobs") { Headers = { ("Content-Type", "application/json") }, Body = "{}"u8.ToArray() };

    public FuzzRequest Make(FuzzClass kind)
    {
        var (method, template, operation) = Hostile.Pick(_operations, random);
        // What goes into a body is tried where there is one.
        while (kind is >= FuzzClass.Types and <= FuzzClass.Bytes && operation["requestBody"] is null)
            (method, template, operation) = Hostile.Pick(_operations, random);
        var target = PathOf(template, kind) + QueryOf(operation, kind);
        var request = new FuzzRequest(kind, kind == FuzzClass.Method ? Hostile.Pick(Methods, random) : method, target)
        { IsChunked = random.Next(10) == 0 };
        AddHeaders(request, operation, kind);
        if (operation["requestBody"] is { } body)
            AddBody(request, body, kind);
        if (kind == FuzzClass.Header)
            HostileHeaders.Add(request, random);
        if (kind == FuzzClass.Framing)
            request.Raw = HostileFraming.Of(request, random);
        return request;
    }

    private string PathOf(string template, FuzzClass kind)
    {
        var path = template.Replace("{id}", known.For(template, random), StringComparison.Ordinal)
            .Replace("{custom_id}", "a", StringComparison.Ordinal);
        if (kind != FuzzClass.Path)
            return random.Next(10) == 0 ? path + "/" : path;
        var word = Hostile.Pick(Hostile.Words, random).Replace(" ", "%20", StringComparison.Ordinal);
        return random.Next(7) switch
        {
            0 => template.Replace("{id}", word, StringComparison.Ordinal).Replace("{custom_id}", word, StringComparison.Ordinal),
            1 => path + "/" + word,
            2 => path.Replace("/", "//", StringComparison.Ordinal),
            3 => "/v1/../v1/./" + path[4..] + ";x=" + word,
            4 => path.ToUpperInvariant(),
            5 => "/v1/jobs/" + new string('a', random.Next(7_000)),
            _ => "http://other.invalid" + path,
        };
    }

    private string QueryOf(JsonNode operation, FuzzClass kind)
    {
        var parameters = (operation["parameters"]?.AsArray() ?? [])
            .Where(parameter => parameter!["in"]!.GetValue<string>() == "query").ToArray();
        var query = parameters.Where(_ => random.Next(kind == FuzzClass.Query ? 3 : 6) == 0)
            .Select(parameter => parameter!["name"]!.GetValue<string>()
                + "=" + (kind == FuzzClass.Query && random.Next(2) == 0 ? Word() : ValueOf(parameter!))).ToList();
        if (kind == FuzzClass.Query)
        {
            query.Add(random.Next(5) switch
            {
                0 => "limit=1&limit=2",
                1 => "%ff=%ff&=&&;=",
                2 => "q=" + new string('q', random.Next(7_000)),
                3 => Word() + "=" + Word(),
                _ => "unknown",
            });
        }
        return query.Count == 0 ? "" : "?" + string.Join('&', query);
    }

    private string Word() => Hostile.Pick(Hostile.Words, random).Replace(" ", "%20", StringComparison.Ordinal);

    private string ValueOf(JsonNode parameter)
    {
        var schema = parameter["schema"]!;
        var text = schema["type"]!.GetValue<string>() == "string" && schema["enum"] is null
            ? _values.Text(schema, parameter["name"]!.GetValue<string>())
            : _values.Make(schema, FuzzClass.Valid);
        return Uri.EscapeDataString(text.Trim('"', '[', ']').Split(',')[0].Trim('"'));
    }

    private void AddHeaders(FuzzRequest request, JsonNode operation, FuzzClass kind)
    {
        foreach (var parameter in (operation["parameters"]?.AsArray() ?? [])
            .Where(parameter => parameter!["in"]!.GetValue<string>() == "header" && random.Next(4) == 0))
        {
            var name = parameter!["name"]!.GetValue<string>();
            var value = name == "Idempotency-Key" ? $"key-{random.Next(200)}" : $"\"{random.Next(1, 4)}\"";
            request.Headers.Add(
                (name, kind == FuzzClass.Header && random.Next(2) == 0
                    ? HostileHeaders.Value(random) : name == "Last-Event-ID" ? "1" : value));
        }
    }

    private void AddBody(FuzzRequest request, JsonNode body, FuzzClass kind)
    {
        var content = Hostile.Pick(body["content"]!.AsObject().ToArray(), random);
        request.Headers.Add(("Content-Type", content.Key));
        var schema = content.Value!["schema"]!;
        var text = schema["contentSchema"]?["anyOf"] is JsonArray lines
            ? string.Join(
                '\n', [_values.Make(lines[0]!, kind), .. Enumerable.Range(0, random.Next(1, 4)).Select(_ => _values.Make(lines[1]!, kind))])
            : _values.Make(schema, kind);
        request.Body = Encoding.UTF8.GetBytes(text);
        if (kind == FuzzClass.Bytes)
            request.Body = Hostile.Bytes(request.Body, random);
    }
}
