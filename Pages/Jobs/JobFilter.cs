using System.Collections.Immutable;
using Microsoft.AspNetCore.WebUtilities;

namespace JobTracker.Pages.Jobs;

/// <summary>
/// Which jobs an address asks for, by the names of the API's list and <c>since</c>: without what is empty, each value once, in one order,
/// so that two addresses which ask for the same are the same.
/// </summary>
public sealed class JobFilter
{
    public const string Path = "/ui/jobs";
    public const string Status = "status";
    public const string Active = "active";
    public const string JobType = "job_type";
    public const string Tag = "tag";
    public const string Since = "since";
    public const string CreatedAfter = "created_after";
    public const string After = "after";
    public const string Before = "before";

    /// <summary>Those that may be repeated, or hold several separated by commas.</summary>
    private static readonly string[] Lists = [Status, Tag, "any_tag"];

    /// <summary>What exact counts are kept of.</summary>
    private static readonly string[] Counted = [Status, Active, JobType];

    private static readonly string[] Cursors = [After, Before];

    private readonly ImmutableArray<KeyValuePair<string, string>> _values;

    private JobFilter(IEnumerable<KeyValuePair<string, string>> values, ImmutableArray<string> unknown)
    {
        _values = [.. values.Where(value => value.Value.Length > 0).Distinct().OrderBy(value => Names.IndexOf(value.Key))];
        Unknown = unknown;
    }

    /// <summary>Every name that counts, in the order in which an address has them.</summary>
    public static ImmutableArray<string> Names { get; } =
    [
        Status, Active, JobType, Tag, "any_tag", "user_id", "source_id", "callback", "callback_host", "stop_reason", "parent_id",
        "background", Since, CreatedAfter, "created_before", "completed_after", "completed_before", After, Before,
    ];

    /// <summary>Nothing is asked for: every job.</summary>
    public static JobFilter All { get; } = new([], []);

    /// <summary>Names that mean nothing here.</summary>
    public ImmutableArray<string> Unknown { get; }

    /// <summary>It names no condition.</summary>
    public bool IsEmpty => _values.All(value => Cursors.Contains(value.Key));

    /// <summary>It begins elsewhere than at the newest job.</summary>
    public bool HasCursor => _values.Any(value => Cursors.Contains(value.Key));

    /// <summary>It asks for nothing but what exact counts are kept of.</summary>
    public bool IsCounted => _values.All(value => Counted.Contains(value.Key) || Cursors.Contains(value.Key));

    /// <summary>As an address has it, the question mark included; empty: nothing is asked for.</summary>
    public string Search => _values.IsEmpty
        ? ""
        : "?" + string.Join('&', _values.Select(value => $"{value.Key}={Uri.EscapeDataString(value.Value)}"));

    /// <summary>The address of the list of these jobs.</summary>
    public string Address => Path + Search;

    /// <summary>What stands under the name; several where it may be repeated.</summary>
    public ImmutableArray<string> this[string name] => [.. _values.Where(value => value.Key == name).Select(value => value.Value)];

    /// <summary>All of it, in order.</summary>
    public IEnumerable<KeyValuePair<string, string>> Values => _values;

    /// <summary>Reads the query of an address, with its question mark or without.</summary>
    public static JobFilter Parse(string? search)
    {
        var given = QueryHelpers.ParseQuery(search);
        var known = given.Where(value => Names.Contains(value.Key)).SelectMany(value => value.Value
            .SelectMany(text => Split(value.Key, text ?? "")).Select(part => KeyValuePair.Create(value.Key, part)));
        return new JobFilter(known, [.. given.Keys.Where(name => !Names.Contains(name)).Order(StringComparer.Ordinal)]);
    }

    /// <summary>The same with these values under the name, from its beginning.</summary>
    public JobFilter With(string name, params IEnumerable<string> values) =>
        new(Without(name)._values.Concat(values.Select(value => KeyValuePair.Create(name, value))), []);

    /// <summary>The same without the name, from its beginning.</summary>
    public JobFilter Without(params IEnumerable<string> names) =>
        new(_values.Where(value => !names.Contains(value.Key) && !Cursors.Contains(value.Key)), []);

    private static string[] Split(string name, string text) => Lists.Contains(name)
        ? text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        : [text.Trim()];
}
