using System.Buffers;
using System.Text.Json;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.Anthropic;

/// <summary>Collects <c>requests[*].custom_id</c> and <c>.params.model</c> out of the tokens of a create, and forgets the rest.</summary>
internal sealed class RequestTokens
{
    private const int ItemLimit = 100_000;
    private const int Root = 1;
    private const int Item = 3;
    private const int Params = 4;

    private static readonly SearchValues<char> IdCharacters =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-");

    private readonly List<BatchItem> _items = [];
    private readonly HashSet<string> _seen = [];
    private readonly SharedStrings _models = new();
    private string _rootProperty = "";
    private string _itemProperty = "";
    private string _paramsProperty = "";
    private string? _customId;
    private string? _model;
    private bool _hasParams;

    public void Add(ref Utf8JsonReader token)
    {
        if (token.TokenType is JsonTokenType.PropertyName)
            Name(ref token);
        else if (_rootProperty == "requests")
            Value(ref token);
    }

    public IReadOnlyList<BatchItem> Finish() =>
        _items.Count > 0 ? _items : throw Refused("requests: List should have at least 1 item after validation");

    private void Name(ref Utf8JsonReader token)
    {
        // Deeper names belong to a message; they are many and of no interest.
        switch (token.CurrentDepth)
        {
            case Root:
                _rootProperty = token.GetString()!;
                break;
            case Item:
                _itemProperty = token.GetString()!;
                break;
            case Params when _itemProperty == "params":
                _paramsProperty = token.ValueTextEquals("model"u8) ? "model" : "";
                break;
        }
    }

    private void Value(ref Utf8JsonReader token)
    {
        switch (token.TokenType, token.CurrentDepth)
        {
            case (JsonTokenType.StartObject, Item) when _itemProperty == "params":
                _hasParams = true;
                break;
            case (JsonTokenType.String, Item) when _itemProperty == "custom_id":
                _customId = token.GetString();
                break;
            case (JsonTokenType.String, Params) when _itemProperty == "params" && _paramsProperty == "model":
                _model = _models.Of(token.GetString()!);
                break;
            case (JsonTokenType.EndObject, Item - 1):
                Close();
                break;
        }
    }

    private void Close()
    {
        var at = $"requests.{_items.Count}";
        if (_customId is null)
            throw Refused($"{at}.custom_id: Field required");
        if (_customId.Length is 0 or > 64 || _customId.AsSpan().ContainsAnyExcept(IdCharacters))
            throw Refused($"{at}.custom_id: String should match pattern '^[a-zA-Z0-9_-]{{1,64}}$'");
        if (!_hasParams)
            throw Refused($"{at}.params: Field required");
        if (!_seen.Add(_customId))
            throw Refused($"{at}.custom_id: Duplicate custom_id: {_customId}");
        if (_items.Count == ItemLimit)
            throw Refused($"requests: List should have at most {ItemLimit} items after validation");
        _items.Add(new BatchItem(_customId, _model));
        (_customId, _model, _hasParams) = (null, null, false);
    }

    private static RefusedException Refused(string message) => new(AnthropicRefusals.Invalid(message));
}
