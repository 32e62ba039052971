using System.Text.Json;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.OpenAi;

/// <summary>The body of a create, checked as far as OpenAI checks it before it answers.</summary>
internal sealed record CreateRequest(string InputFileId, string Endpoint, IReadOnlyDictionary<string, string> Metadata)
{
    private const int MetadataLimit = 16;

    private static readonly string[] Endpoints =
        ["/v1/chat/completions", "/v1/completions", "/v1/embeddings", "/v1/responses", "/v1/moderations"];

    /// <exception cref="RefusedException">A field is missing or has a value outside its list.</exception>
    public static async Task<CreateRequest> ReadAsync(Stream body, CancellationToken cancellation)
    {
        try
        {
            using var json = await JsonDocument.ParseAsync(body, cancellationToken: cancellation);
            return Read(json.RootElement);
        }
        catch (Exception malformed) when (malformed is JsonException or InvalidOperationException)
        {
            throw Refused("We could not parse the JSON body of your request.");
        }
    }

    public BatchOrder Order(string id, InputFile file) => new()
    {
        Id = id,
        Dialect = Dialect.OpenAi,
        ApiKey = file.ApiKey,
        Items = file.Items,
        Metadata = Metadata,
        Endpoint = Endpoint,
        InputFileId = InputFileId,
        InputErrors = [.. file.Errors, .. file.Items.Select(Mismatch).OfType<InputError>().Take(100)],
    };

    private static CreateRequest Read(JsonElement root)
    {
        var request = new CreateRequest(Required(root, "input_file_id"), Required(root, "endpoint"), ReadMetadata(root));
        if (!Endpoints.Contains(request.Endpoint))
            throw Refused($"Invalid value: '{request.Endpoint}'.", "endpoint");
        if (Required(root, "completion_window") is not "24h" and var window)
            throw Refused($"Invalid value: '{window}'. Value must be '24h'.", "completion_window");
        if (request.Metadata.Count > MetadataLimit)
            throw Refused($"Invalid 'metadata': at most {MetadataLimit} pairs.", "metadata");
        return request;
    }

    private static string Required(JsonElement root, string name) =>
        root.TryGetProperty(name, out var value) && value.GetString() is { } text
            ? text
            : throw Refused($"Missing required parameter: '{name}'.", name);

    private static Dictionary<string, string> ReadMetadata(JsonElement root) =>
        root.TryGetProperty("metadata", out var metadata) && metadata.ValueKind is JsonValueKind.Object
            ? metadata.EnumerateObject().ToDictionary(pair => pair.Name, pair => pair.Value.GetString() ?? "")
            : [];

    private InputError? Mismatch(BatchItem item, int index) => item.Url == Endpoint
        ? null
        : new("url_mismatch", "The URL provided for this request does not match the batch endpoint.", index + 1, "url");

    private static RefusedException Refused(string message, string? param = null) => new(OpenAiRefusals.Invalid(message, param));
}
