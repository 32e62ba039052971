using System.Globalization;
using JobTracker.Jobs;
using JobTracker.Keys;
using JobTracker.Pages.Doors;
using JobTracker.Pages.Live;
using JobTracker.Pages.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Pages.Jobs;

/// <summary>A page of the list of jobs.</summary>
public sealed partial class JobListPart
{
    private const int MostCounted = JobList.PageJobs;

    /// <summary>Of a job's tags, how many have a place in its row.</summary>
    private const int MostTags = 3;

    private readonly SteadyRows<JobId, JobRow> _rows = new(row => row.Id, row => row.Status.IsTerminal);
    private JobFilter _filter = JobFilter.All;
    private FilterReading _read = new(new JobQuery(), MatchesNothing: false, []);
    private JobList? _first;
    private FollowedJobs? _followed;
    private volatile LiveState<JobList>? _newest;
    private DateTimeOffset _openedAt;
    private bool _isPaused;

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

    /// <summary>Null in a circuit.</summary>
    [CascadingParameter]
    private HttpContext? Http { get; set; }

    private string Base => Address.BaseUri;

    private bool MayAct => Who.May(Scopes.JobsWrite);

    private bool MayRedeliver => Who.May(Scopes.CallbacksManage);

    /// <summary>How many new ones wait; null: none, or the list does not begin at the newest.</summary>
    private string? Waiting => (_filter.HasCursor ? 0 : _rows.Waiting) switch
    {
        0 => null,
        var count when count > MostCounted || _rows.MayMoreWait =>
            string.Create(CultureInfo.InvariantCulture, $"{Math.Min(count, MostCounted)} or more new"),
        var count => string.Create(CultureInfo.InvariantCulture, $"{count} new"),
    };

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

    protected override void Take(LiveState<JobList> state)
    {
        if (_isPaused)
            return;
        var newest = _newest ?? state;
        if (newest is { Value: { } list, Fault: null })
            Show(list);
        foreach (var (id, job) in _followed?.TakeNews() ?? [])
            _rows.Take(id, job is null ? null : JobRow.Of(job));
        _followed?.Follow(_rows.Lost);
        if (newest.Fault is { } fault && _first is null)
            Http?.AnswerWith(fault.Status);
        base.Take(newest);
    }

    protected override void Dispose(bool isDisposing)
    {
        base.Dispose(isDisposing);
        _followed?.Dispose();
    }

    private void Show(JobList list)
    {
        if (_first is not null)
        {
            _rows.Take(list.Rows, list.Covers, list.Older);
            return;
        }
        _first = list;
        _rows.Begin(list.Rows, list.Older);
    }

    /// <summary>What was missed is caught up with at once.</summary>
    private void Pause()
    {
        _isPaused = !_isPaused;
        Take(State);
    }

    /// <summary>No class: those of a row are the browser's script's.</summary>
    private static string? MarkOf(RowMark mark) => mark switch
    {
        RowMark.None => null,
        RowMark.Left => "left",
        RowMark.Removed => "removed",
    };

    private static string? TagsOf(JobRow job) => job.Tags.Length > MostTags ? string.Join(", ", job.Tags) : null;

    private string AllOf(string action) => _filter.IsEmpty
        ? $"/ui/operations/new?action={action}&all=true"
        : $"/ui/operations/new?action={action}&{_filter.At(_openedAt).Without().Search[1..]}";

    /// <summary>Where the walk goes on that was cut short.</summary>
    private string OnOf(JobList list) => _filter[JobFilter.Before].IsEmpty || list.Newer is null
        ? _filter.With(JobFilter.After, list.Older?.ToString() ?? "").Address
        : _filter.With(JobFilter.Before, list.Newer.Value.ToString()).Address;
}
