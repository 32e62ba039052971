using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.OpenApi;

namespace JobTracker.Gateway.OpenApi;

/// <summary>A parameter, in the query or a header, that a handler reads by itself: what it means and what it may be.</summary>
internal sealed record ParameterNote(string Name, string Meaning, OpenApiSchema Schema)
{
    private const int LongestText = 255;

    public bool IsHeader { get; init; }

    public bool IsDeprecated => Meaning.StartsWith("Deprecated", StringComparison.Ordinal);

    public static ParameterNote Text(string name, string meaning, int longest = LongestText) =>
        new(name, meaning, new OpenApiSchema { Type = JsonSchemaType.String, MinLength = 1, MaxLength = longest });

    /// <summary>A list of entity tags (RFC 9110, 13.1), as long as the server's limit of headers lets it be.</summary>
    public static ParameterNote Tags(string name, string meaning) => new(name, meaning, new OpenApiSchema { Type = JsonSchemaType.String });

    public static ParameterNote Form(string name, string meaning, string pattern) =>
        new(name, meaning, new OpenApiSchema { Type = JsonSchemaType.String, Pattern = pattern });

    public static ParameterNote Whole(string name, string meaning, long least, long most = long.MaxValue) =>
        new(name, meaning, new OpenApiSchema
        {
            Type = JsonSchemaType.Integer,
            Format = "int64",
            Minimum = least.ToString(CultureInfo.InvariantCulture),
            Maximum = most == long.MaxValue ? null : most.ToString(CultureInfo.InvariantCulture),
        });

    /// <summary>Seconds, fractions allowed.</summary>
    public static ParameterNote Seconds(string name, string meaning, TimeSpan longest) => new(name, meaning, new OpenApiSchema
    {
        Type = JsonSchemaType.Number,
        Minimum = "0",
        Maximum = longest.TotalSeconds.ToString(CultureInfo.InvariantCulture),
    });

    public static ParameterNote Flag(string name, string meaning) =>
        new(name, meaning, new OpenApiSchema { Type = JsonSchemaType.Boolean });

    public static ParameterNote Moment(string name, string meaning) =>
        new(name, meaning, new OpenApiSchema { Type = JsonSchemaType.String, Format = "date-time" });

    public static ParameterNote Word(string name, string meaning, params IEnumerable<string> words) => new(name, meaning, WordOf(words));

    /// <summary>Any of these words, as one parameter a word.</summary>
    public static ParameterNote Words(string name, string meaning, params IEnumerable<string> words) =>
        new(name, meaning, new OpenApiSchema { Type = JsonSchemaType.Array, Items = WordOf(words) });

    /// <summary>Several of one form: repeated, or separated by commas.</summary>
    public static ParameterNote Forms(string name, string meaning, string pattern, int most) => new(name, meaning, new OpenApiSchema
    {
        Type = JsonSchemaType.Array,
        MaxItems = most,
        Items = new OpenApiSchema { Type = JsonSchemaType.String, Pattern = pattern },
    });

    public OpenApiParameter ToParameter() => new()
    {
        Name = Name,
        In = IsHeader ? ParameterLocation.Header : ParameterLocation.Query,
        Description = Meaning,
        Deprecated = IsDeprecated,
        Schema = Schema,
    };

    private static OpenApiSchema WordOf(IEnumerable<string> words) =>
        new() { Type = JsonSchemaType.String, Enum = [.. words.Select(word => JsonValue.Create(word))] };
}
