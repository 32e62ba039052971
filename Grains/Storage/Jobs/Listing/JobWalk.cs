using System.Collections.Immutable;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Jobs.Listing;

/// <summary>
/// How a list is walked: along one index, or along the entries of tags, and what is asked of each job on the way. Of the filters that have
/// an index the one that should leave the fewest jobs leads.
/// </summary>
/// <param name="Index">Of jobs, by its name; null: the walk is along tags.</param>
/// <param name="Lead">The fragment of the filter whose index it is; null: it is that of the status.</param>
/// <param name="Rest">The fragments of what is asked of each job on the way.</param>
internal sealed record JobWalk(string? Index, string? Lead, ImmutableArray<string> Rest)
{
    private static readonly ImmutableArray<(string Filter, string Index)> Indexes =
    [
        ("filter_source_id", "jobs_by_source"), ("filter_parent_id", "jobs_by_parent"), ("filter_stop_reason", "jobs_by_stop_reason"),
        ("filter_user_id", "jobs_by_user"), ("filter_job_type", "jobs_by_type"), ("filter_background", "jobs_by_background"),
    ];

    /// <summary>Filters that leave fewer jobs than a tag.</summary>
    private static readonly ImmutableArray<string> BeforeTags = ["filter_source_id", "filter_parent_id"];

    /// <summary>Every job on the way is one that is asked for.</summary>
    public bool IsWhole => Index is not null && Rest.IsEmpty;

    public static JobWalk Of(JobQuery query)
    {
        ImmutableArray<string> filters = [.. JobFilters.Of(query)];
        var (lead, index) = Indexes.FirstOrDefault(entry => filters.Contains(entry.Filter));
        return IsTagged(query) && !BeforeTags.Contains(lead)
            ? new JobWalk(Index: null, Lead: null, [.. OfTags(query), .. OfStatus(query), .. filters])
            : new JobWalk(index ?? "jobs_by_status", lead, [.. OfTags(query), .. filters.Where(filter => filter != lead)]);
    }

    /// <summary>The tags that a walk along tags begins with: each has entries of its own.</summary>
    public static ImmutableArray<string> TagsOf(JobQuery query) => query.Tags is [var first, ..] ? [first] : query.AnyTags;

    private static bool IsTagged(JobQuery query) => query is not { Tags: [], AnyTags: [] };

    private static IEnumerable<string> OfTags(JobQuery query)
    {
        if (query.Tags is not [])
            yield return "filter_tags";
        if (query.AnyTags is not [])
            yield return "filter_any_tags";
    }

    private static IEnumerable<string> OfStatus(JobQuery query) =>
        JobFilters.StatusesOf(query).Count() == Enum.GetValues<JobStatus>().Length ? [] : ["filter_statuses"];
}
