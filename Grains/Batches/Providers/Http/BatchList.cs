using System.Text.Json;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Providers.Http.Json;

namespace JobTracker.Grains.Batches.Providers.Http;

/// <summary>
/// Goes through an account's list, newest first, up to batches that are older than a create. Entries come as they are: an odd one holds up
/// nothing. Whether the list came to its end is told apart, because only a whole list can speak of an absence.
/// </summary>
/// <param name="readPage">The page behind an id; the first one for null.</param>
internal sealed class BatchList(Func<string?, Task<JsonElement>> readPage, Func<JsonElement, DateTimeOffset?> createdAt)
{
    public const int PageSize = 100;

    /// <summary>Known when the entries have come to an end.</summary>
    public bool IsWhole { get; private set; }

    public async IAsyncEnumerable<JsonElement> EntriesAsync(SubmissionTrace trace)
    {
        HashSet<string> cursors = new(StringComparer.Ordinal);
        string? after = null;
        for (var page = 0; page < SearchWindow.MaxPages; page++)
        {
            var answer = await readPage(after);
            var entries = Entries(answer);
            foreach (var entry in entries)
                yield return entry;
            IsWhole = !HasMore(answer, entries.Length) || AreOlder(entries, trace);
            after = Cursor(answer, entries);
            if (IsWhole || after is null || !cursors.Add(after))
                yield break;
        }
    }

    private static JsonElement[] Entries(JsonElement answer) => answer.Field("data") is { ValueKind: JsonValueKind.Array } data
        ? [.. data.EnumerateArray()]
        : throw new ProviderException(ProviderErrors.Unreadable("The answer is not a list."));

    /// <summary>Where it is not said, a full page is taken not to be the last one.</summary>
    private static bool HasMore(JsonElement answer, int entries) =>
        answer.Field("has_more") is null ? entries >= PageSize : answer.Flag("has_more");

    /// <summary>All that say their age: a single wrong date ends no search.</summary>
    private bool AreOlder(JsonElement[] entries, SubmissionTrace trace)
    {
        DateTimeOffset[] dated = [.. entries.Select(createdAt).OfType<DateTimeOffset>()];
        return dated.Length > 0 && dated.All(made => SearchWindow.IsBefore(trace, made));
    }

    private static string? Cursor(JsonElement answer, JsonElement[] entries) =>
        new[] { answer.Text("last_id") }.Concat(entries.Reverse().Select(entry => entry.Text("id")))
            .FirstOrDefault(ProviderBatchId.IsPlain);
}
