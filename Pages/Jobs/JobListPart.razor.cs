using JobTracker.Jobs;
using JobTracker.Keys;
using JobTracker.Pages.Doors;
using JobTracker.Pages.Live;
using Microsoft.AspNetCore.Components;

namespace JobTracker.Pages.Jobs;

/// <summary>A page of the list of jobs.</summary>
public sealed partial class JobListPart
{
    /// <summary>Of a job's tags, how many have a place in its row.</summary>
    private const int MostTags = 3;

    private readonly SteadyRows<JobId, JobRow> _rows = new(row => row.Id, row => row.Status.IsTerminal);
    private JobFilter _filter = JobFilter.All;
    private FilterReading _read = new(new JobQuery(), MatchesNothing: false, []);
    private FollowedJobs? _followed;
    private volatile LiveState<JobList>? _newest;
    private DateTimeOffset _openedAt;

    /// <summary>What the address asks for.</summary>
    [Parameter, EditorRequired]
    public string Search { get; set; } = "";

    [Inject]
    private JobListFeed Lists { get; set; } = default!;

    [Inject]
    private LiveFeeds Feeds { get; set; } = default!;

    [Inject]
    private IJobDoor Jobs { get; set; } = default!;

    [Inject]
    private NavigationManager Address { get; set; } = default!;

    private string Base => Address.BaseUri;

    private bool MayAct => Who.May(Scopes.JobsWrite);

    private bool MayRedeliver => Who.May(Scopes.CallbacksManage);

    /// <summary>How many new ones wait; null: none, or the list does not begin at the newest.</summary>
    private string? Waiting => _filter.HasCursor ? null : _rows.WaitingText(JobList.PageJobs);

    protected override async Task<JobList?> ReadAsync()
    {
        _openedAt = Clock.GetUtcNow();
        _filter = JobFilter.Parse(Search);
        _read = _filter.Read(Jobs, _openedAt);
        return await Lists.ReadAsync(Who, _filter);
    }

    protected override IDisposable? Listen(Action<LiveState<JobList>> hear)
    {
        ArgumentNullException.ThrowIfNull(hear);
        // A row of its own that was heard of makes the list be shown anew, as it was told last.
        _followed = new FollowedJobs(Feeds, Who, () => hear(_newest ?? State));
        return Lists.Lists.Listen(Who, new JobListKey(Who.Organization, _filter.Search), State.Value, state =>
        {
            _newest = state;
            hear(state);
        });
    }

    protected override void Begin(JobList first) => _rows.Begin(first.Rows, first.Older);

    protected override void GoOn(JobList now) => _rows.Take(now.Rows, now.Covers, now.Older);

    protected override void Take(LiveState<JobList> state)
    {
        // What is heard of a row may carry a list that was overtaken meanwhile.
        base.Take(_newest ?? state);
        if (IsPaused)
            return;
        foreach (var (id, job) in _followed?.TakeNews() ?? [])
            _rows.Take(id, job is null ? null : JobRow.Of(job));
        _followed?.Follow(_rows.Lost);
    }

    protected override void Dispose(bool isDisposing)
    {
        base.Dispose(isDisposing);
        _followed?.Dispose();
    }

    private static string? TagsOf(JobRow job) => job.Tags.Length > MostTags ? string.Join(", ", job.Tags) : null;

    private string AllOf(string action) => _filter.IsEmpty
        ? $"/ui/operations/new?action={action}&all=true"
        : $"/ui/operations/new?action={action}&{_filter.At(_openedAt).Without().Search[1..]}";

    /// <summary>Where the walk goes on that was cut short.</summary>
    private string OnOf(JobList list) => _filter[JobFilter.Before].IsEmpty || list.Newer is null
        ? _filter.With(JobFilter.After, list.Older?.ToString() ?? "").Address
        : _filter.With(JobFilter.Before, list.Newer.Value.ToString()).Address;
}
