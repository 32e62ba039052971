using System.Collections.Immutable;
using System.Globalization;
using JobTracker.Organizations;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Pages.Admin.Organizations;

/// <summary>An organization as people read and fill it in.</summary>
internal static class OrganizationText
{
    public const string Active = "active";
    public const string Suspended = "suspended";

    /// <summary>Limits by the API's names, with words for them.</summary>
    private static readonly ImmutableArray<(string Name, string Label, Func<OrganizationLimits, long?> Value)> All =
    [
        ("requests_per_second", "Requests a second of each key", limits => limits.RequestsPerSecond),
        ("burst", "Requests of a key at once", limits => limits.Burst),
        ("waits", "Reads that wait", limits => limits.Waits),
        ("streams", "Open event streams", limits => limits.Streams),
        ("lists", "Lists at the same time", limits => limits.Lists),
        ("creates", "Creates under way", limits => limits.Creates),
        ("open_jobs", "Jobs that have not ended", limits => limits.OpenJobs),
    ];

    public static string StateOf(OrganizationSnapshot organization) => organization.IsSuspended ? Suspended : Active;

    /// <summary>Fields of a form; an empty one is as configured.</summary>
    public static IEnumerable<LimitField> FieldsOf(OrganizationLimits limits) => All.Select(limit => new LimitField(
        limit.Name, limit.Label, limit.Value(limits)?.ToString(CultureInfo.InvariantCulture) ?? ""));

    /// <summary>The fields as they were typed: those that the form has.</summary>
    public static ImmutableDictionary<string, string> Read(IFormCollection form) => All
        .Where(limit => form.ContainsKey(limit.Name))
        .ToImmutableDictionary(limit => limit.Name, limit => form[limit.Name].ToString().Trim(), StringComparer.Ordinal);
}

/// <summary>One limit in a form.</summary>
/// <param name="Name">The API's name of it.</param>
/// <param name="Label">What it counts.</param>
/// <param name="Text">Empty: as configured.</param>
internal sealed record LimitField(string Name, string Label, string Text);
