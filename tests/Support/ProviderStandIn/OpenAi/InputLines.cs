using System.Buffers;
using System.Text.Json;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.OpenAi;

/// <summary>
/// Judges the lines of an input file as OpenAI's validation does: one JSON object with <c>custom_id</c>, <c>method</c>, <c>url</c>
/// and <c>body</c>, no custom_id twice, one model. Keeps the first 100 errors.
/// </summary>
internal sealed class InputLines
{
    private const int ErrorLimit = 100;
    private const int ItemLimit = 50_000;

    private readonly List<BatchItem> _items = [];
    private readonly List<InputError> _errors = [];
    private readonly HashSet<string> _seen = [];
    private readonly SharedStrings _shared = new();
    private int _line;

    public IReadOnlyList<BatchItem> Items => _items;

    public IReadOnlyList<InputError> Finish()
    {
        if (_line == 0)
            Refuse("empty_file", "The batch file is empty.", line: null);
        if (_items.Count > ItemLimit)
            Refuse("too_many_tasks", $"The batch input file contains more than {ItemLimit} requests.", line: null);
        return _errors;
    }

    public void Add(ReadOnlySequence<byte> line)
    {
        _line++;
        try
        {
            Accept(Read(line));
        }
        catch (JsonException)
        {
            Refuse("invalid_json_line", "This line is not parseable as valid JSON.", _line);
        }
    }

    private void Accept((BatchItem Item, bool HasBody) read)
    {
        var (item, hasBody) = read;
        var missing = item.CustomId.Length == 0
            ? "custom_id" : item.Method is null ? "method" : item.Url is null ? "url" : hasBody ? null : "body";
        if (missing is not null)
            Refuse("missing_required_parameter", $"Missing required parameter: '{missing}'.", _line, missing);
        else if (!_seen.Add(item.CustomId))
            Refuse("duplicate_custom_id", $"The custom_id '{item.CustomId}' is used more than once.", _line, "custom_id");
        else if (_items.Count > 0 && _items[0].Model != item.Model)
            Refuse("model_mismatch", "All requests of a batch must use the same model.", _line, "body.model");
        else
            _items.Add(item);
    }

    private (BatchItem Item, bool HasBody) Read(ReadOnlySequence<byte> line)
    {
        var reader = new Utf8JsonReader(line);
        var item = new BatchItem("");
        var (property, hasBody) = ("", false);
        while (reader.Read())
        {
            switch (reader.TokenType, reader.CurrentDepth)
            {
                case (JsonTokenType.PropertyName, 1):
                    property = reader.GetString()!;
                    break;
                case (JsonTokenType.StartObject, 1) when property == "body":
                    hasBody = true;
                    break;
                case (JsonTokenType.String, 1):
                    item = With(item, property, reader.GetString()!);
                    break;
                case (JsonTokenType.PropertyName, 2) when property == "body" && reader.ValueTextEquals("model"u8):
                    reader.Read();
                    item = item with { Model = reader.TokenType is JsonTokenType.String ? _shared.Of(reader.GetString()!) : null };
                    break;
            }
        }

        return (item, hasBody);
    }

    private BatchItem With(BatchItem item, string property, string value) => property switch
    {
        "custom_id" => item with { CustomId = value },
        "method" => item with { Method = _shared.Of(value) },
        "url" => item with { Url = _shared.Of(value) },
        _ => item,
    };

    private void Refuse(string code, string message, int? line, string? param = null)
    {
        if (_errors.Count < ErrorLimit)
            _errors.Add(new InputError(code, message, line, param));
    }
}
