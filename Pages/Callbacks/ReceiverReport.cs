using System.Collections.Immutable;
using JobTracker.Jobs;
using JobTracker.Pages.Jobs;

namespace JobTracker.Pages.Callbacks;

/// <summary>How the receivers of an organization's callbacks do.</summary>
/// <param name="AsOf">The minute in which it was read: the times that are offered count from it.</param>
/// <param name="Rows">Those that failed most first, <see cref="MostRows"/> at most.</param>
/// <param name="More">How many receivers are left out.</param>
/// <param name="IsOwedPartly">Not every job was looked at for what is owed: there may be more.</param>
public sealed record ReceiverReport(DateTimeOffset AsOf, ImmutableArray<ReceiverRow> Rows, int More, bool IsOwedPartly)
{
    public const string Path = "/ui/callbacks";
    public const int MostRows = 100;

    /// <param name="now">When it was read.</param>
    /// <param name="receivers">Those that failed most first.</param>
    /// <param name="owed">Jobs whose callback is owed.</param>
    public static ReceiverReport Of(DateTimeOffset now, ImmutableArray<ReceiverFigures> receivers, JobPage owed)
    {
        ArgumentNullException.ThrowIfNull(owed);
        var counts = owed.Jobs.Select(job => HostOf(job.Callback?.Url)).OfType<string>()
            .CountBy(host => host, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        // To who is owed for the first time no attempt was made yet.
        var untried = counts.Keys.Except(receivers.Select(receiver => receiver.Host), StringComparer.Ordinal)
            .Order(StringComparer.Ordinal)
            .Select(host => new ReceiverFigures(host, 0, 0, null, null, null));
        var all = receivers.Concat(untried).ToList();
        return new ReceiverReport(
            now.AddTicks(-(now.Ticks % TimeSpan.TicksPerMinute)),
            [.. all.Take(MostRows).Select(receiver => new ReceiverRow(receiver, counts.GetValueOrDefault(receiver.Host)))],
            Math.Max(0, all.Count - MostRows),
            owed.HasNext);
    }

    /// <summary>The same with its rows where they were, and new ones behind them: none moves while somebody looks at it.</summary>
    public ReceiverReport InOrderOf(ReceiverReport? before)
    {
        if (before is null)
            return this;
        var places = before.Rows.Select((row, place) => (row.Host, place)).ToDictionary(StringComparer.Ordinal);
        return this with { Rows = [.. Rows.OrderBy(row => places.GetValueOrDefault(row.Host, int.MaxValue))] };
    }

    public bool Equals(ReceiverReport? other) =>
        other is not null && AsOf == other.AsOf && More == other.More && IsOwedPartly == other.IsOwedPartly
        && Rows.SequenceEqual(other.Rows);

    public override int GetHashCode() => HashCode.Combine(AsOf, Rows.Length, More, IsOwedPartly);

    private static string? HostOf(string? url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? uri.IdnHost : null;
}

/// <summary>One receiver.</summary>
/// <param name="Figures">How its attempts went in 24 hours.</param>
/// <param name="Owed">How many jobs were found whose callback it is owed.</param>
public sealed record ReceiverRow(ReceiverFigures Figures, int Owed)
{
    public string Host => Figures.Host;

    /// <summary>As the filter of jobs takes it.</summary>
    public string HostFilter => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host;

    /// <summary>Its jobs whose callback stands so.</summary>
    public string Jobs(JobCallbackState state) =>
        JobFilter.All.With("callback", state.Word).With("callback_host", HostFilter).Address;
}
