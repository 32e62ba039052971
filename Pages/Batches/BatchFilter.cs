using System.Collections.Immutable;
using System.Globalization;
using JobTracker.Batches;
using Microsoft.AspNetCore.WebUtilities;

namespace JobTracker.Pages.Batches;

/// <summary>
/// Which batches an address asks for, by the names of the API's list and <c>since</c>: in one order, so that two addresses which ask for
/// the same are the same.
/// </summary>
public sealed record BatchFilter
{
    public const string Path = "/ui/batches";

    /// <summary>Any of these; empty: every status.</summary>
    public ImmutableArray<BatchStatus> Statuses { get; init; } = [];

    /// <summary>The name of an account.</summary>
    public string? Provider { get; init; }

    /// <summary>A time before now, such as <c>24h</c>, or a moment.</summary>
    public string? Since { get; init; }

    public BatchId? After { get; init; }

    public BatchId? Before { get; init; }

    /// <summary>What of the address was left out, for people; empty: nothing.</summary>
    public ImmutableArray<string> Problems { get; private init; } = [];

    /// <summary>It names no condition.</summary>
    public bool IsEmpty => Statuses.IsEmpty && Provider is null && Since is null;

    /// <summary>It begins elsewhere than at the newest batch.</summary>
    public bool HasCursor => After is not null || Before is not null;

    /// <summary>As an address has it, the question mark included; empty: nothing is asked for.</summary>
    public string Search
    {
        get
        {
            IEnumerable<(string Name, string? Value)> parts =
            [
                .. Statuses.Select(status => ("status", status.Word)),
                ("provider", Provider), ("since", Since), ("after", After?.ToString()), ("before", Before?.ToString()),
            ];
            var given = parts.Where(part => part.Value is not null).Select(part => $"{part.Name}={Uri.EscapeDataString(part.Value!)}");
            return string.Join('&', given) is { Length: > 0 } search ? "?" + search : "";
        }
    }

    public string Address => Path + Search;

    /// <summary>The same from the newest on, with the status, or without it where it was chosen.</summary>
    public BatchFilter Toggled(BatchStatus status) => FromNewest() with
    {
        Statuses = Statuses.Contains(status) ? Statuses.Remove(status) : [.. Statuses.Append(status).Order()],
    };

    /// <summary>The same from the newest on.</summary>
    public BatchFilter FromNewest() => this with { After = null, Before = null };

    /// <summary>Reads the query of an address, with its question mark or without.</summary>
    public static BatchFilter Parse(string? search)
    {
        var problems = ImmutableArray.CreateBuilder<string>();
        var filter = new BatchFilter();
        foreach (var (name, values) in QueryHelpers.ParseQuery(search))
        {
            foreach (var value in values.SelectMany(value => name == "status" ? (value ?? "").Split(',') : [value ?? ""]))
            {
                if (value.Trim() is { Length: > 0 } text && filter.With(name, text) is var next)
                    filter = next ?? Wrong(filter, $"{name}: {HintOf(name)}");
            }
        }
        return filter with { Statuses = [.. filter.Statuses.Distinct().Order()], Problems = problems.ToImmutable() };

        BatchFilter Wrong(BatchFilter stays, string problem)
        {
            problems.Add(problem);
            return stays;
        }
    }

    /// <summary>What to list.</summary>
    public BatchQuery Read(DateTimeOffset now, int limit) => new()
    {
        Statuses = Statuses,
        Provider = Provider,
        CreatedAfter = Since is { } since ? MomentOf(since, now) : null,
        After = After,
        Before = Before,
        Limit = limit,
    };

    /// <summary>Null: the value is none for this name.</summary>
    private BatchFilter? With(string name, string value) => name switch
    {
        "status" when BatchStatus.FromWord(value) is { } status => this with { Statuses = Statuses.Add(status) },
        "provider" when value.Length <= 255 && !value.Contains('\0', StringComparison.Ordinal) => this with { Provider = value },
        "since" when MomentOf(value, DateTimeOffset.MaxValue) is not null => this with { Since = value },
        "after" when BatchId.TryParse(value, out var id) => this with { After = id },
        "before" when BatchId.TryParse(value, out var id) => this with { Before = id },
        _ => null,
    };

    private static string HintOf(string name) => name switch
    {
        "status" => "must be pending, running, completed, failed, cancelled or expired",
        "provider" => "must have 1 to 255 characters",
        "since" => "must be a time such as 1h, 24h or 7d, or a moment such as 2026-01-31T12:00:00Z",
        "after" or "before" => "must be a batch id",
        _ => "is no filter of batches",
    };

    private static DateTimeOffset? MomentOf(string since, DateTimeOffset now)
    {
        if (since is [.. var figure, 'm' or 'h' or 'd'] && figure.Length is > 0 and <= 4
            && int.TryParse(figure, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return now - (since[^1] switch
            {
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                _ => TimeSpan.FromDays(number),
            });
        }
        return DateTimeOffset.TryParse(
            since, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var moment)
                ? moment
                : null;
    }
}
