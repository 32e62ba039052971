using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Providers.Http.Json;

namespace JobTracker.Grains.Batches.Providers.Http;

/// <summary>
/// Reads why something failed, in every form that providers, and the servers and proxies before them, say it: <c>{"error": {...}}</c>,
/// <c>{"error": "text"}</c>, a flat <c>{"code", "message"}</c>, FastAPI's <c>{"detail": "text"}</c> and <c>[{"loc", "msg", "type"}]</c>,
/// <c>{"object": "list", "data": [...]}</c>, a list, a text, a page of HTML.
/// </summary>
internal static partial class ProviderFaults
{
    private const int MostLevels = 8;
    private const int MaxParam = 200;
    private const int MaxRaw = 500;

    /// <summary>A longer text is neither JSON nor a page to us.</summary>
    private const int MaxPage = 64 * 1024;

    /// <summary>Where a reason may lie further in, by how close it comes.</summary>
    private static readonly string[] Inside = ["error", "errors", "detail", "data", "body"];

    private static readonly string[] Messages = ["message", "msg", "error_description", "detail", "title"];
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1024 };

    /// <summary>At most <see cref="ProviderFault.Most"/> of them; none where nothing is said.</summary>
    public static IReadOnlyList<ProviderFault> In(JsonElement? json) =>
        json is { } given ? [.. Read(given, MostLevels).Take(ProviderFault.Most)] : [];

    /// <summary>The same, and an object of no known form speaks for itself.</summary>
    public static IReadOnlyList<ProviderFault> Stated(JsonElement? json) => json switch
    {
        { ValueKind: JsonValueKind.Object } given when given.TryGetProperty("data", out var list)
            && list.ValueKind is JsonValueKind.Array or JsonValueKind.Null => Stated(list),
        { ValueKind: JsonValueKind.Array } list =>
            [.. list.EnumerateArray().Take(ProviderFault.Most).SelectMany(element => Stated(element)).Take(ProviderFault.Most)],
        { ValueKind: JsonValueKind.Object } given when In(given) is [] && given.EnumerateObject().Any() =>
            [new ProviderFault(null, ProviderText.Clean(given.GetRawText(), MaxRaw))],
        _ => In(json),
    };

    /// <summary>The first reason that says something.</summary>
    public static ProviderFault? First(JsonElement? json) => In(json) is [var first, ..] ? first : null;

    /// <summary>Of a value inside a result line, by its bytes.</summary>
    public static ProviderFault? First(ReadOnlySpan<byte> json) => json.IsEmpty ? null : First(JsonElement.Parse(json, Deep));

    /// <summary>A text that may be JSON or HTML itself: a page says its title, and one without a title nothing.</summary>
    public static IReadOnlyList<ProviderFault> InText(string text)
    {
        var trimmed = text.AsSpan().TrimStart();
        if (text.Length > MaxPage || trimmed is not ['<' or '{' or '[' or '"', ..])
            return Said(text);
        if (trimmed[0] == '<')
            return Title().Match(text) is { Success: true } title ? Said(WebUtility.HtmlDecode(title.Groups["title"].Value)) : [];
        try
        {
            return In(JsonElement.Parse(DecodableJson.Of(Encoding.UTF8.GetBytes(text)).Span, Deep));
        }
        catch (JsonException)
        {
            return Said(text);
        }
    }

    private static ProviderFault[] Said(string text) => ProviderText.Message(text) is { } message ? [new ProviderFault(null, message)] : [];

    private static IEnumerable<ProviderFault> Read(JsonElement json, int levels) => json.ValueKind switch
    {
        _ when levels == 0 => [],
        JsonValueKind.String => InText(json.GetString()!),
        JsonValueKind.Array => json.EnumerateArray().SelectMany(element => Read(element, levels - 1)),
        JsonValueKind.Object => OfObject(json, levels),
        _ => [],
    };

    /// <summary>
    /// An envelope gives what is inside the words that it lacks: <c>{"type": "overloaded_error", "error": {"message"}}</c>.
    /// </summary>
    private static IEnumerable<ProviderFault> OfObject(JsonElement json, int levels)
    {
        var own = Own(json);
        if (own.Message is not null)
            return [own];
        var inside = Inside.Select(name => json.Field(name))
            .OfType<JsonElement>().Select(value => Read(value, levels - 1).ToList()).FirstOrDefault(some => some.Count > 0);
        if (inside is null)
            return own.Word is null ? [] : [own];
        return inside.Select(
            fault =>
                fault with
                {
                    Type = fault.Type ?? (fault.Code is null ? own.Type : null),
                    Code = fault.Code ?? own.Code,
                    Param = fault.Param ?? own.Param
                });
    }

    private static ProviderFault Own(JsonElement json)
    {
        var message = Messages.Select(name => ProviderText.Message(json.Text(name))).FirstOrDefault(text => text is not null);
        var code = Word(json, "code") ?? (message is null ? null : Word(json, "error"));
        return new ProviderFault(code, message, json.Number("line"), Param(json), Word(json, "type"));
    }

    /// <summary>Some write their codes as numbers.</summary>
    private static string? Word(JsonElement json, string name) => json.Field(name) switch
    {
        { ValueKind: JsonValueKind.String } text => ProviderText.Word(text.GetString()),
        { ValueKind: JsonValueKind.Number } number => ProviderText.Word(number.GetRawText()),
        _ => null,
    };

    private static string? Param(JsonElement json) => json.Field("param") is { ValueKind: JsonValueKind.String } param
        ? ProviderText.Clean(param.GetString(), MaxParam)
        : json.Elements("loc").ToList() is { Count: > 0 } place
            ? ProviderText.Clean(string.Join('.', place.Select(step => step.ToString())), MaxParam)
            : null;

    [GeneratedRegex("<(?:title|h1)[^>]*>(?<title>[^<]*)</", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Title();
}
