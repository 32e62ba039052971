using System.Text.Json;
using System.Text.RegularExpressions;
using JobTracker.Tests.Support.Logs;

namespace JobTracker.Tests.Support.Contract;

/// <summary>
/// Holds an exchange against the document. What the service took must be what the document allows; what it refused may be anything.
/// Each answer must be one that the document describes: its status, its headers, its body.
/// </summary>
internal static partial class ApiContract
{
    private const string ProblemJson = "application/problem+json";

    public static IReadOnlyList<string> Faults(Exchange exchange) => [.. SecretsOf(exchange), .. FaultsOf(exchange)];

    /// <summary>What must never be told stands in the answers alone that are there to tell it, once.</summary>
    private static IEnumerable<string> SecretsOf(Exchange exchange)
    {
        var mayTell = exchange is { Method: "GET" or "HEAD" or "POST", Status: 200 or 201 } && SecretPaths().IsMatch(exchange.Path);
        var texts = exchange.AnswerHeaders.Select(header => header.Value);
        // The page's scripts have words of their own.
        var isPage = exchange.Path.StartsWith("/docs", StringComparison.Ordinal);
        if (!mayTell && !isPage && exchange.AnswerBody is { } body)
            texts = texts.Append(System.Text.Encoding.UTF8.GetString(body.Span));
        return texts.Select(SecretText.In).OfType<string>().Select(secret => $"the answer tells a secret, {secret[..10]}…");
    }

    [GeneratedRegex(
        "^/v1/(keys|keys/[^/]+/rotate|callback-secret|callback-secret/rotate)/?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SecretPaths();

    private static List<string> FaultsOf(Exchange exchange)
    {
        if (!exchange.Path.StartsWith("/v1/", StringComparison.Ordinal) && !exchange.Path.StartsWith("/healthz/", StringComparison.Ordinal))
            return [];
        if (ApiDocument.Current.Find(exchange.Method == "HEAD" ? "GET" : exchange.Method, exchange.Path) is not { } operation)
            return Unknown(exchange);
        var faults = exchange.Status is >= 200 and < 300 && !RefusesAPart(exchange) ? OfRequest(exchange, operation).ToList() : [];
        faults.AddRange(OfAnswer(exchange, operation));
        return faults;
    }

    /// <summary>What is wrong with one event of a stream.</summary>
    public static string? FaultOfEvent(string path, string data) =>
        ApiDocument.Current.Find(
            "GET", path)!.Answers[200].Bodies["text/event-stream"].Line.Fault(System.Text.Encoding.UTF8.GetBytes(data));

    /// <summary>A path or a method that the document does not have can only be refused.</summary>
    private static List<string> Unknown(Exchange exchange)
    {
        if (exchange.Status < 400)
            return exchange.Method == "OPTIONS"
                ? []
                : [$"{exchange.Method} {exchange.Path} is not in the document, and is answered {exchange.Status}"];
        if (exchange.Method == "HEAD" || exchange.AnswerBody is not { } body)
            return [];
        return exchange.AnswerType == ProblemJson
            ? Listed(ApiDocument.Current.Problem.Fault(body))
            : [$"an error of type {exchange.AnswerType}"];
    }

    /// <summary>An answer of many results took the request where it took each part of it.</summary>
    private static bool RefusesAPart(Exchange exchange)
    {
        if (exchange.AnswerBody is not { Length: > 0 } body || exchange.AnswerType != "application/json")
            return false;
        using var answer = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 1024 });
        return answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty("results", out var results)
            && results.EnumerateArray().Any(result => result.GetProperty("status").GetInt32() >= 400);
    }

    private static List<string> OfRequest(Exchange exchange, ApiOperation operation)
    {
        var faults = new List<string>();
        foreach (var (name, value) in QueryText.Read(exchange.Query))
        {
            if (operation.Parameters.FirstOrDefault(parameter => parameter.In == "query" && parameter.Name == name) is not { } parameter)
                faults.Add($"the query parameter {name} is not in the document, and is taken");
            else if (parameter.Schema.FaultOfText(value) is { } fault)
                faults.Add($"the query parameter {name}={value} is taken, but {fault}");
        }
        foreach (var parameter in operation.Parameters.Where(parameter => parameter.In == "header"))
        {
            // A blank one says nothing: a browser that has no id yet sends no Last-Event-ID, others an empty one (HTML, 9.2.4).
            foreach (var value in Values(exchange.RequestHeaders, parameter.Name)
                .Where(value => !string.IsNullOrWhiteSpace(value) && parameter.Schema.FaultOfText(value) is not null))
                faults.Add($"the header {parameter.Name}: {value} is taken, but {parameter.Schema.FaultOfText(value)}");
        }
        return [.. faults, .. OfRequestBody(exchange, operation)];
    }

    private static List<string> OfRequestBody(Exchange exchange, ApiOperation operation)
    {
        if (WithoutMark(exchange.RequestBody) is not { Length: > 0 } body)
            return operation.NeedsBody && exchange.RequestBody is not null ? ["no body is taken"] : [];
        if (operation.Bodies.Count == 0)
            return [];
        var type = exchange.RequestType ?? "no media type";
        if (operation.Bodies.TryGetValue(type, out var content)
            || (IsJson(type) && operation.Bodies.TryGetValue("application/json", out content)))
            return content.Lines.Count == 0 ? Listed(content.Whole.Fault(body), "the body is taken") : OfLines(content, body);
        return [$"a body of {type} is taken"];
    }

    /// <summary>A byte order mark may be ignored (RFC 8259, 8.1).</summary>
    private static ReadOnlyMemory<byte>? WithoutMark(ReadOnlyMemory<byte>? body) =>
        body is { } bytes && bytes.Span.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? bytes[3..] : body;

    private static List<string> OfLines(ApiContent content, ReadOnlyMemory<byte> body)
    {
        var faults = new List<string>();
        var schema = content.Lines[0];
        foreach (var line in System.Text.Encoding.UTF8.GetString(body.Span).Split('\n').Where(line => !string.IsNullOrWhiteSpace(line)))
        {
            if (schema.Fault(System.Text.Encoding.UTF8.GetBytes(line)) is { } fault)
                faults.Add($"the line {line} is taken, but {fault}");
            schema = content.Lines[^1];
        }
        return faults;
    }

    private static List<string> OfAnswer(Exchange exchange, ApiOperation operation)
    {
        if (!operation.Answers.TryGetValue(exchange.Status, out var answer))
            return [$"{operation} does not document {exchange.Status}"];
        var faults = new List<string>();
        foreach (var header in answer.Headers)
        {
            var values = Values(exchange.AnswerHeaders, header.Name).ToArray();
            if (values.Length == 0 && header.IsRequired)
                faults.Add($"the header {header.Name} is missing");
            faults.AddRange(
                values.Select(header.Schema.FaultOfText).OfType<string>().Select(fault => $"the header {header.Name}: {fault}"));
        }
        if (exchange.Method == "HEAD" || exchange.AnswerBody is not { } body)
            return faults;
        if (answer.Bodies.Count == 0)
            return body.Length == 0 ? faults : [.. faults, "a body that the document does not have"];
        if (exchange.AnswerType is not { } type || !answer.Bodies.TryGetValue(type, out var content))
            return [.. faults, $"the answer is {exchange.AnswerType ?? "of no type"}, not {string.Join(" or ", answer.Bodies.Keys)}"];
        return IsJson(type) ? [.. faults, .. Listed(content.Whole.Fault(body), "the answer")] : faults;
    }

    private static IEnumerable<string> Values(IReadOnlyList<(string Name, string Value)> headers, string name) =>
        headers.Where(header => header.Name.Equals(name, StringComparison.OrdinalIgnoreCase)).Select(header => header.Value);

    private static bool IsJson(string type) =>
        type.EndsWith("json", StringComparison.OrdinalIgnoreCase) && !type.EndsWith("ndjson", StringComparison.OrdinalIgnoreCase);

    private static List<string> Listed(string? fault, string of = "the problem") => fault is null ? [] : [$"{of}: {fault}"];
}
