using System.Collections.Immutable;
using JobTracker.Jobs;
using JobTracker.Operations;
using JobTracker.Pages.Doors;
using JobTracker.Pages.Jobs;
using Microsoft.AspNetCore.WebUtilities;

namespace JobTracker.Pages.Operations;

/// <summary>
/// What an address asks to be done with which jobs: <c>action</c>, and either <c>job_id</c> once for each job, or the filters of the list.
/// Every job is meant by <c>all=true</c> alone. A filter that cannot be read is never made wider: then nothing is begun.
/// </summary>
public sealed record AskedOperation
{
    public const string Path = "/ui/operations/new";

    private const string ActionName = "action";
    private const string JobIdName = "job_id";
    private const string AllName = "all";

    /// <summary>Null: the address does not say.</summary>
    public OperationAction? Action { get; private init; }

    /// <summary>The jobs that were selected; empty: those of the filter.</summary>
    public ImmutableArray<JobId> JobIds { get; private init; } = [];

    /// <summary>What the list of these jobs asks for.</summary>
    public JobFilter Filter { get; private init; } = JobFilter.All;

    /// <summary>There is no condition: every job of the organization.</summary>
    public bool IsEveryJob { get; private init; }

    /// <summary>Why nothing can be done; empty: it can.</summary>
    public ImmutableArray<string> Problems { get; private init; } = [];

    private JobQuery Query { get; init; } = new();

    /// <summary>Reads the query of an address.</summary>
    public static AskedOperation Read(string? search, IJobDoor door, DateTimeOffset now)
    {
        var given = QueryHelpers.ParseQuery(search);
        var action = given.TryGetValue(ActionName, out var words) ? OperationAction.FromWord(words.ToString()) : null;
        var named = given.TryGetValue(JobIdName, out var ids) ? ids.ToArray() : [];
        var isAll = given.TryGetValue(AllName, out var all) && all == "true";
        var filter = JobFilter.Parse(QueryHelpers.AddQueryString(
            "", given.Where(value => value.Key is not (ActionName or JobIdName or AllName))));
        var read = filter.Read(door, now);
        var jobs = named.Select(text => JobId.TryParse(text, out var id) ? id : (JobId?)null).ToList();
        return new AskedOperation
        {
            Action = action,
            JobIds = [.. jobs.OfType<JobId>().Distinct()],
            Filter = filter,
            IsEveryJob = isAll && filter.IsEmpty && named.Length == 0,
            Query = read.Query,
            Problems =
            [
                .. Wrong(action is null, "action: must be cancel, delete or redeliver"),
                .. Wrong(jobs.Contains(null), "job_id: must be a job id: job- and a UUID in lower case"),
                .. Wrong(jobs.Count > StartOperation.MostJobIds, $"job_id: {StartOperation.MostJobIds} jobs at most may be named"),
                .. Wrong(named.Length > 0 && !filter.IsEmpty, "Jobs are named, and there is a filter: one of the two is enough"),
                .. Wrong(
                    named.Length == 0 && filter.IsEmpty && filter.Unknown.IsEmpty && !isAll,
                    "No job is selected: select some in the list, or act on all that match"),
                .. Wrong(read.MatchesNothing, "No job can match: the filters exclude each other"),
                .. read.Problems,
            ],
        };
    }

    /// <summary>As the service takes it.</summary>
    public StartOperation Command => new()
    {
        Action = Action ?? OperationAction.Cancel,
        Filter = JobIds.IsEmpty ? Query with { After = null, Before = null } : null,
        All = IsEveryJob,
        JobIds = JobIds,
    };

    /// <summary>The address with a moment in the place of a time that goes on: what is confirmed is what is done. Null: it is so.</summary>
    public string? Fixed(DateTimeOffset now) => Action is { } action && Filter.At(now) is var at && !ReferenceEquals(at, Filter)
        ? $"{Path}?{ActionName}={action.Word}&{at.Search[1..]}"
        : null;

    private static string[] Wrong(bool isWrong, string problem) => isWrong ? [problem] : [];
}
