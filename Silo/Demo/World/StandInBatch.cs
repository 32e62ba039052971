using System.Globalization;

namespace JobTracker.Silo.Demo.World;

/// <summary>
/// A batch at the stand-in. When it was made and how many items it has stand in its id, so that one of an earlier run of the process goes
/// on as well.
/// </summary>
/// <param name="CreatedAt">To the second.</param>
/// <param name="Items">The items' custom_ids.</param>
/// <param name="Place">Tells batches of one second apart.</param>
internal sealed record StandInBatch(DateTimeOffset CreatedAt, IReadOnlyList<string> Items, int Place)
{
    private const string Prefix = "msgbatch_demo";

    private static readonly string[] Errors = ["overloaded_error", "invalid_request_error", "overloaded_error", "api_error"];

    public string Id => string.Create(
        CultureInfo.InvariantCulture, $"{Prefix}_{CreatedAt.ToUnixTimeSeconds()}_{Items.Count}_{Place}");

    /// <summary>When it was asked to stop; null: it was not.</summary>
    public DateTimeOffset? CancelledAt { get; init; }

    /// <summary>15 to 45 s after it was made, or at once when it is cancelled: who looks for the first time sees one end.</summary>
    public DateTimeOffset EndsAt => CancelledAt ?? CreatedAt.AddSeconds(15 + (CreatedAt.ToUnixTimeSeconds() % 30));

    public DateTimeOffset ExpiresAt => CreatedAt.AddDays(1);

    /// <summary>How the demonstration names a batch's items, from 1.</summary>
    public static string ItemId(int place) => string.Create(CultureInfo.InvariantCulture, $"review-{place:000}");

    /// <summary>What the id says; null: it is none of ours.</summary>
    public static StandInBatch? Read(string id) =>
        id.Split('_') is ["msgbatch", "demo", var created, var items, var place]
        && long.TryParse(created, NumberStyles.None, CultureInfo.InvariantCulture, out var second)
        && int.TryParse(items, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= 100_000
        && int.TryParse(place, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new StandInBatch(
                DateTimeOffset.FromUnixTimeSeconds(Math.Min(second, DateTimeOffset.MaxValue.ToUnixTimeSeconds() - 1_000_000)),
                [.. Enumerable.Range(1, count).Select(ItemId)], number)
            : null;

    public bool HasEnded(DateTimeOffset now) => now >= EndsAt;

    /// <summary>What an item's error is; null: it succeeded. One in nine fails.</summary>
    public string? ErrorOf(int item) => (item + CreatedAt.ToUnixTimeSeconds()) % 9 == 0 ? Errors[item % Errors.Length] : null;
}
