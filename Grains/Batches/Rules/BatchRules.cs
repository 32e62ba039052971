using System.Text.Json;
using JobTracker.Batches;
using JobTracker.Batches.Jsonl;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Callbacks.Sending;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Jobs.Rules;
using JobTracker.Identity;
using JobTracker.Jobs;

namespace JobTracker.Grains.Batches.Rules;

/// <summary>What a batch may not ask for; fields in the words of the HTTP API.</summary>
internal static class BatchRules
{
    private static readonly JsonReaderOptions Deep = new() { MaxDepth = 1024 };

    /// <summary>The batch as it would be, before anything is stored: what its job would be refused for, it is refused for.</summary>
    public static BatchRefusal? Problem(Batch batch, IBatchProvider provider, Act act, JobLimits limits, CallbackAddressRules addresses)
    {
        if (!OrderedId.IsOurs(batch.Id.Value))
            return new BatchRefusal.InvalidField("id", "must hold a UUID v7: the id is the order of creation");
        if (JsonRules.MetadataProblem(batch.Snapshot.Metadata, limits) is { } metadata)
            return new BatchRefusal.InvalidField("metadata", metadata);
        if (!batch.Adopted && EndpointProblem(batch.Endpoint, provider.Limits) is { } endpoint)
            return new BatchRefusal.InvalidField("endpoint", endpoint);
        if (KeyRules.Problem(batch.IdempotencyKey, batch.Fingerprint, limits) is { } key)
            return new BatchRefusal.InvalidField("idempotency_key", key);
        return CreateRules.Problem(batch.Snapshot.JobId, batch.JobToMake(), act, limits, addresses) is Refusal.InvalidField job
            ? new BatchRefusal.InvalidField(job.Field, job.Problem)
            : null;
    }

    public static BatchRefusal? Problem(Batch draft, SubmitBatch command, JobLimits limits)
    {
        if (command.ItemCount != draft.Received)
            return new BatchRefusal.OutOfOrder(draft.Received);
        if (command.ItemCount == 0)
            return new BatchRefusal.InvalidField("items", "must not be empty");
        return KeyRules.Problem(command.IdempotencyKey, command.Fingerprint, limits) is { } key
            ? new BatchRefusal.InvalidField("idempotency_key", key)
            : null;
    }

    public static BatchRefusal? Problem(Batch draft, ItemChunk chunk, BatchLimits limits)
    {
        var bytes = chunk.Items.Sum(item => (long)item.Params.Length);
        if (chunk.First != draft.Received)
            return new BatchRefusal.OutOfOrder(draft.Received);
        if (chunk.Items.Length > ItemChunk.MaxItems || (bytes > ItemChunk.MaxBytes && chunk.Items.Length > 1))
            return new BatchRefusal.InvalidField("items", $"come in chunks of at most {ItemChunk.MaxItems} and {ItemChunk.MaxBytes} bytes");
        if (draft.Received + chunk.Items.Length > limits.MaxItems)
            return new BatchRefusal.TooManyItems(limits.MaxItems);
        if (draft.ReceivedBytes + bytes > limits.MaxBytes)
            return new BatchRefusal.TooLarge(limits.MaxBytes);
        for (var place = 0; place < chunk.Items.Length; place++)
        {
            if (!CustomId.IsWellFormed(chunk.Items[place].CustomId))
                return new BatchRefusal.InvalidItem(chunk.First + place, "custom_id", "must match [A-Za-z0-9_-]{1,64}");
            if (ParamsProblem(chunk.Items[place].Params) is { } problem)
                return new BatchRefusal.InvalidItem(chunk.First + place, "params", problem);
        }
        return null;
    }

    /// <summary>Whether the command has a key that a batch may be found by.</summary>
    public static bool HasKey(AdoptBatch command, JobLimits limits) =>
        command.IdempotencyKey is not null && KeyRules.Problem(command.IdempotencyKey, command.Fingerprint, limits) is null;

    private static string? ParamsProblem(ReadOnlySpan<byte> text)
    {
        try
        {
            var json = new Utf8JsonReader(text, Deep);
            if (!json.Read() || json.TokenType is not JsonTokenType.StartObject)
                return "must be a JSON object";
            json.Skip();
            return json.Read() ? "must be a JSON object" : null;
        }
        catch (JsonException broken)
        {
            return $"is not JSON: {BrokenJson.Describe(broken)}";
        }
    }

    private static string? EndpointProblem(string? endpoint, BatchLimits limits) => (endpoint, limits.NeedsEndpoint) switch
    {
        (null, true) => "is needed by this provider, such as /v1/chat/completions",
        (not null, false) => "is not for this provider",
        ({ Length: > 200 }, _) => "is longer than 200 characters",
        ({ } path, _) when path.Length < 2 || path[0] != '/' || path.Any(character => character is <= ' ' or >= '\x7f' or '?' or '#') =>
            "must be a path such as /v1/chat/completions",
        _ => null,
    };
}
