using System.Collections.Immutable;
using JobTracker.Jobs;

namespace JobTracker.Bench.List;

/// <summary>Every way to list, each as one named page of 100 jobs.</summary>
internal static class ListQueries
{
    private static readonly JobQuery Page = new() { OrganizationId = ListFill.Organization, Limit = 100 };

    /// <param name="jobs">How many jobs the table has: cursors and times point to the middle of it.</param>
    public static IEnumerable<(string Name, JobQuery Query)> For(int jobs)
    {
        var middle = ListFill.First.AddSeconds(jobs / 2);
        yield return ("all", Page);
        yield return ("ascending", Page with { Ascending = true });
        foreach (var status in Enum.GetValues<JobStatus>())
            yield return (status.Word, Page with { Statuses = [status] });
        yield return ("active", Page with { Statuses = Active });
        yield return ("active_ascending", Page with { Statuses = Active, Ascending = true });
        yield return ("job_type", Page with { JobType = "batch" });
        yield return ("user_id", Page with { UserId = "user-7" });
        yield return ("stop_reason", Page with { StopReason = "worker_lost" });
        yield return ("background", Page with { Background = true });
        yield return ("foreground", Page with { Background = false });
        yield return ("parent_id", Page with { ParentId = new JobId(Guid.Parse(ListFill.HotParent)) });
        yield return ("source_id", Page with { SourceId = "source-hot" });
        yield return ("created_after", Page with { CreatedAfter = middle, Ascending = true });
        yield return ("created_before", Page with { CreatedBefore = middle });
        yield return ("cursor", Page with { After = JobId.FirstAt(middle) });
        yield return ("cursor_back", Page with { Before = JobId.FirstAt(middle) });
        yield return ("rare_user", Page with { UserId = "user-rare" });
        yield return ("status_and_rare_user", Page with { Statuses = [JobStatus.Completed], UserId = "user-rare" });
        yield return ("tag", Page with { Tags = ["tag-hot"] });
        yield return ("tags", Page with { Tags = ["tag-hot", "tag-all"] });
        yield return ("any_tag", Page with { AnyTags = ["tag-hot", "tag-rare"] });
        yield return ("status_and_rare_tag", Page with { Statuses = [JobStatus.Completed], Tags = ["tag-rare"] });
        yield return ("status_and_user", Page with { Statuses = [JobStatus.Completed], UserId = "user-7" });
        yield return ("status_and_type", Page with { Statuses = [JobStatus.Failed], JobType = "run", After = JobId.FirstAt(middle) });
    }

    /// <summary>What no index has together: a page answers, or ends after <c>Limits:ListScan</c> entries and says where.</summary>
    public static IEnumerable<(string Name, JobQuery Query)> Pairs =>
    [
        ("user_and_no_type", Page with { UserId = "user-7", JobType = "none" }),
        ("type_and_no_user", Page with { JobType = "run", UserId = "nobody" }),
        ("type_and_rare_user_background", Page with { JobType = "run", Background = true, UserId = "user-rare" }),
        ("status_and_no_callback", Page with { Statuses = [JobStatus.Completed], Callback = JobCallbackState.Failed }),
        ("no_callback_host", Page with { CallbackHost = "nowhere.example" }),
        ("tag_and_no_user", Page with { Tags = ["tag-all"], UserId = "nobody" }),
        ("tag_and_rare_tag_second", Page with { Tags = ["tag-all", "tag-rare"] }),
        ("any_tag_and_no_type", Page with { AnyTags = ["tag-all", "tag-hot"], JobType = "none" }),
        ("status_and_ended_long_ago", Page with { Statuses = [JobStatus.Completed], CompletedBefore = ListFill.First }),
    ];

    private static ImmutableArray<JobStatus> Active => [JobStatus.Created, JobStatus.Pending, JobStatus.Running];
}
