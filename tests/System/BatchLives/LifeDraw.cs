using System.Globalization;
using JobTracker.Tests.StandIn.Batches;

namespace JobTracker.Tests.Processes.BatchLives;

/// <summary>Draws lives. The same seed and place give the same life, however many others are drawn.</summary>
internal static class LifeDraw
{
    private const int MostItems = 60;
    private const int MostPolls = 3;
    private const int MostLinked = 3;
    private const int MostPadding = 2_000;

    /// <summary>
    /// For each account its episodes, with <paramref name="lives"/> lives in all. One that may be unclear is the account's last: what is
    /// never found out there would make others unclear, too.
    /// </summary>
    public static List<List<Episode>> Draw(int seed, int lives, IReadOnlyList<Account> accounts)
    {
        List<List<Episode>> lanes = [.. accounts.Select(_ => new List<Episode>())];
        for (var (drawn, place) = (0, 0); drawn < lives; place++)
        {
            var random = new Random(unchecked((seed * 1_000_003) + place));
            var (account, lane) = (accounts[place % accounts.Count], lanes[place % accounts.Count]);
            var most = lane.Exists(episode => episode.MayBeUnclear) ? 1 : Math.Min(2, lives - drawn);
            lane.Add(DrawEpisode(random, account.Dialect, drawn, most));
            drawn += lane[^1].Lives.Count;
        }
        return [.. lanes.Select(lane => lane.OrderBy(episode => episode.MayBeUnclear).ToList())];
    }

    private static Episode DrawEpisode(Random random, Dialect dialect, int number, int most)
    {
        var first = DrawLife(random, dialect, number, 1 + random.Next(MostItems));
        // Twins on one account, some of one size: what a provider without metadata can hardly tell apart.
        List<Life> lives = most > 1 && random.Next(7) == 0
            ? [first, DrawLife(random, dialect, number + 1, random.Next(2) == 0 ? first.Items : 1 + random.Next(MostItems))]
            : [first];
        return new Episode(lives, FaultDraw.Draw(random, dialect, lives));
    }

    private static Life DrawLife(Random random, Dialect dialect, int number, int items)
    {
        var ending = DrawEnding(random, dialect, items);
        return new Life
        {
            Name = string.Create(CultureInfo.InvariantCulture, $"life-{number:000}"),
            Dialect = dialect,
            Outcomes = [.. Enumerable.Range(0, items).Select(_ => DrawOutcome(random))],
            Ending = ending,
            Finished = ending switch
            {
                LifeEnding.Completed => items,
                LifeEnding.FailedValidation => 0,
                _ => random.Next(items + 1),
            },
            Polls = random.Next(MostPolls + 1),
            Linked = random.Next(Math.Min(items, MostLinked) + 1),
            OmitsUnfinished = random.Next(2) == 0,
            AbsentFilesAreEmptyStrings = random.Next(2) == 0,
            PaddingBytes = random.Next(2) * random.Next(MostPadding),
        };
    }

    private static LifeEnding DrawEnding(Random random, Dialect dialect, int items) => random.Next(10) switch
    {
        < 4 => LifeEnding.Completed,
        < 6 => LifeEnding.CancelledByUser,
        6 => LifeEnding.CancelledAtProvider,
        < 9 => LifeEnding.Expired,
        _ => dialect is Dialect.OpenAi && items > 1 ? LifeEnding.FailedValidation : LifeEnding.Completed,
    };

    private static ItemOutcome DrawOutcome(Random random) => random.Next(20) switch
    {
        < 14 => ItemOutcome.Succeeds,
        < 17 => ItemOutcome.Fails(),
        < 19 => ItemOutcome.Fails(500, "api_error", "Internal server error"),
        _ => random.Next(4) == 0 ? ItemOutcome.Vanishes : ItemOutcome.Succeeds,
    };
}
