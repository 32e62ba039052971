using System.Collections.Immutable;
using System.Globalization;
using JobTracker.Gateway.OpenApi;
using JobTracker.Gateway.Requests;
using JobTracker.Jobs;
using JobTracker.Jobs.Tags;

namespace JobTracker.Gateway.Jobs.Listing;

/// <summary>The query parameters of the list, as a query to the catalog.</summary>
internal static class ListParameters
{
    public const int MostJobs = 1_000;
    public const int MostActiveJobs = 50;
    private const int DefaultJobs = 100;

    /// <summary>As long as one may be.</summary>
    private const int LongestSourceId = 512;

    private const int MostTags = 10;

    /// <summary>As long as one may be, whatever <c>Limits:TagLength</c> is now.</summary>
    private const int LongestTag = 255;

    private const string TagForm = $"^{JobTags.Characters}{{1,255}}$";

    private static readonly ImmutableArray<JobStatus> NonTerminal = [.. Enum.GetValues<JobStatus>().Where(status => !status.IsTerminal)];

    /// <summary>Which jobs: the same for lists, exports and operations.</summary>
    public static ImmutableArray<ParameterNote> Filters { get; } =
    [
        ParameterNote.Text("organization_id", "Another organization than one's own needs the scope admin."),
        ParameterNote.Words(
            "status", "Any of these: repeated, or separated by commas.", Enum.GetValues<JobStatus>().Select(status => status.Word)),
        ParameterNote.Flag("active", "true: created, pending and running jobs only."),
        ParameterNote.Text("job_type", "Jobs of this type."),
        ParameterNote.Text("user_id", "Jobs of this user."),
        ParameterNote.Text("stop_reason", "Jobs that stopped for this reason."),
        ParameterNote.Flag("background", "Jobs that run in the background, or those that do not."),
        ParameterNote.Form("parent_id", "Jobs of this parent.", Ids.JobPattern),
        ParameterNote.Text("source_id", "Jobs whose metadata.source_id is this string.", LongestSourceId),
        ParameterNote.Moment("created_after", "Created at this moment (RFC 3339) or later, to the millisecond."),
        ParameterNote.Moment("created_before", "Created before this moment (RFC 3339), to the millisecond."),
        ParameterNote.Forms(
            "tag", "Jobs that have all of these tags. The first leads the search: name the rarest first.", TagForm, MostTags),
        ParameterNote.Forms("any_tag", "Jobs that have any of these tags.", TagForm, MostTags),
        ParameterNote.Word(
            "callback", "How the telling of the end stands: an attempt is to come, it was given up, or it was taken.",
            Enum.GetValues<JobCallbackState>().Select(state => state.Word)),
        ParameterNote.Text("callback_host", "The host of the callback's URL, without its port."),
        ParameterNote.Moment("completed_after", "Ended at this moment (RFC 3339) or later, whichever way."),
        ParameterNote.Moment("completed_before", "Ended before this moment (RFC 3339), whichever way."),
    ];

    public static ImmutableArray<ParameterNote> All { get; } =
    [
        .. Filters,
        ParameterNote.Form(
            "after", "A job id: the jobs that come after it in the requested order. It need not exist any more.", Ids.JobPattern),
        ParameterNote.Form("before", "A job id: the jobs just before it, still in the requested order; with after, those between the two.",
            Ids.JobPattern),
        ParameterNote.Whole("limit", "How many at most; 100 unless given.", 1, MostJobs),
        ParameterNote.Word("order", "By creation; desc unless given.", "asc", "desc"),
        ParameterNote.Word("order_by", "Deprecated: created_at is the only order there is.", "created_at"),
        ParameterNote.Flag("ascending", "Deprecated: write order=asc or order=desc."),
    ];

    /// <summary>What the deprecated list of active jobs takes.</summary>
    public static ImmutableArray<ParameterNote> OfActive { get; } =
    [
        .. All.Where(parameter => parameter.Name is "organization_id" or "user_id" or "job_type" or "source_id"),
        ParameterNote.Whole("limit", "How many at most; 50 unless given.", 1, MostActiveJobs),
    ];

    /// <summary>The query; <paramref name="nothing"/> where its filters exclude each other, so that no job can match.</summary>
    public static JobQuery Read(QueryFields query, out bool nothing)
    {
        query.Word("order_by", "created_at");
        return ReadFilters(query, out nothing) with
        {
            After = query.JobId("after"),
            Before = query.JobId("before"),
            Limit = query.Whole("limit", 1, MostJobs) ?? DefaultJobs,
            Ascending = IsAscending(query),
        };
    }

    /// <summary>Which jobs; <paramref name="nothing"/> where the filters exclude each other, so that no job can match.</summary>
    public static JobQuery ReadFilters(QueryFields query, out bool nothing)
    {
        var statuses = Statuses(query);
        nothing = statuses is { IsEmpty: true };
        return FewFilters(query) with
        {
            Statuses = statuses ?? [],
            StopReason = query.Text("stop_reason"),
            Background = query.Flag("background"),
            ParentId = query.JobId("parent_id"),
            CreatedAfter = query.Moment("created_after"),
            CreatedBefore = query.Moment("created_before"),
            Tags = Tags(query, "tag"),
            AnyTags = Tags(query, "any_tag"),
            Callback = JobCallbackState.FromWord(
                query.Word("callback", [.. Enum.GetValues<JobCallbackState>().Select(state => state.Word)])),
            CallbackHost = query.Host("callback_host"),
            CompletedAfter = query.Moment("completed_after"),
            CompletedBefore = query.Moment("completed_before"),
        };
    }

    /// <summary>Created or running, oldest first: what the deprecated path means by active.</summary>
    public static JobQuery ReadActive(QueryFields query) => FewFilters(query) with
    {
        Statuses = [JobStatus.Created, JobStatus.Running],
        Limit = query.Whole("limit", 1, MostActiveJobs) ?? MostActiveJobs,
        Ascending = true,
    };

    private static JobQuery FewFilters(QueryFields query) => new()
    {
        OrganizationId = query.Text("organization_id"),
        JobType = query.Text("job_type"),
        UserId = query.Text("user_id"),
        SourceId = query.Text("source_id", LongestSourceId),
    };

    /// <summary>Null means every status; empty means that none can match.</summary>
    private static ImmutableArray<JobStatus>? Statuses(QueryFields query)
    {
        var named = ImmutableArray.CreateBuilder<JobStatus>();
        foreach (var word in query.List("status"))
        {
            if (JobStatus.FromWord(word) is not { } status)
                query.Wrong("status", "must be created, pending, running, completed, failed, cancelled or expired");
            else if (!named.Contains(status))
                named.Add(status);
        }
        if (query.Flag("active") is not true)
            return named.Count == 0 ? null : named.ToImmutable();
        return named.Count == 0 ? NonTerminal : [.. named.Where(status => !status.IsTerminal)];
    }

    /// <summary>In the order in which they were named, each once.</summary>
    private static ImmutableArray<string> Tags(QueryFields query, string name)
    {
        var tags = query.List(name).Distinct(StringComparer.Ordinal).ToImmutableArray();
        if (tags.Length > MostTags)
            query.Wrong(name, string.Create(CultureInfo.InvariantCulture, $"must name {MostTags} tags at most"));
        else if (tags.Select(tag => JobTags.Problem(tag, LongestTag)).FirstOrDefault(problem => problem is not null) is { } problem)
            query.Wrong(name, problem);
        return tags;
    }

    private static bool IsAscending(QueryFields query)
    {
        var order = query.Word("order", "asc", "desc");
        var ascending = query.Flag("ascending");
        if (order is not null && ascending is { } flag && flag != (order == "asc"))
            query.Wrong("ascending", "says the opposite of order");
        return order is null ? ascending ?? false : order == "asc";
    }
}
