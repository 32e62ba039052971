using JobTracker.Callers;
using JobTracker.Grains.Absent;
using JobTracker.Grains.Callbacks.Delivery;
using JobTracker.Grains.Callbacks.Sending;
using JobTracker.Grains.Groups;
using JobTracker.Grains.Jobs.Callbacks;
using JobTracker.Grains.Jobs.Doors;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Jobs.Telemetry;
using JobTracker.Grains.Jobs.Watching;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Jobs.Grouping;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Identity;
using JobTracker.Jobs;
using JobTracker.Storage;
using JobTracker.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JobTracker.Grains.Jobs;

/// <summary>One job: each command is decided by a pure rule, stored by one guarded write, and only then told to those who wait.</summary>
/// <remarks>
/// Reads interleave with a write under way, so they answer from <see cref="_memory"/> and never from the state being stored.
/// </remarks>
[CollectionAgeLimit(Minutes = EndedMinutes)]
internal sealed partial class JobGrain(
    [PersistentState("job", JobGrainStorage.Name)] IPersistentState<JobState> storage,
    JobKeys keys,
    IOptions<JobLimits> limits,
    IOptions<JobsOptions> options,
    JobNeeds needs,
    JobCallbacks callbacks,
    GroupChildren groupChildren,
    CallbackAddressRules addresses,
    AbsentGrains absent,
    JobMetrics metrics,
    OpenWrites open,
    TimeProvider clock,
    SteadyClock steady,
    IHostApplicationLifetime host,
    ILogger<JobGrain> log) : Grain, IJobGrain, IJobCallbackGrain, IBatchJobGrain, IGroupGrain, IRetriedJobGrain, IOperatedJobGrain,
    IHasLogSubject
{
    /// <summary>How long a job that has ended stays in memory unused.</summary>
    private const int EndedMinutes = 2;

    /// <summary>How long one call may stay parked: a parked call keeps the grain from moving.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>How long a job that still runs stays in memory unused.</summary>
    private static readonly TimeSpan LivingAge = TimeSpan.FromMinutes(15);

    /// <summary>Before what the database did not take is offered again.</summary>
    private static readonly TimeSpan FlushPause = TimeSpan.FromSeconds(1);

    private readonly JobMemory _memory = new(needs, options.Value.CoalesceTime);
    private JobWatch? _watch;

    /// <summary>Somebody else than the sweeper came to this activation.</summary>
    private bool _wasAskedFor;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _memory.TakeStored(storage.State.Job);
        StayWhileItLives();
        return Task.CompletedTask;
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken) => FlushAsync();

    public LogSubject LogSubject => new(this.GetPrimaryKeyString(), _memory.Job?.Snapshot.OrganizationId);

    public Task<JobOutcome> UpdateAsync(Caller caller, UpdateJob command) =>
        ShownAsync(ChangeAsync(caller, (job, act) => job.Decide(command, act, limits.Value)), command.Seal);

    public Task<JobOutcome> CancelAsync(Caller caller, CancelJob command) =>
        ShownAsync(ChangeAsync(caller, (job, act) => job.Decide(command, act)));

    public Task<JobOutcome> HeartbeatAsync(Caller caller, Heartbeat command) =>
        ShownAsync(ChangeAsync(caller, (job, act) => job.Decide(command, act, limits.Value)));

    public Task<JobOutcome> RedeliverCallbackAsync(Caller caller, RedeliverCallback command) =>
        ShownAsync(ChangeAsync(caller, (job, act) => job.Decide(command, act)));

    public async Task<JobOutcome> DeleteAsync(Caller caller, DeleteJob command) => Visible(caller) is { } job
        ? await ShownAsync(metrics.Told(await ApplyAsync(job.Decide(command))))
        : new JobOutcome.NotFound();

    public async Task<JobSnapshot?> GetAsync(Caller caller) => Visible(caller)?.Snapshot switch
    {
        { Group: not null } group => await groupChildren.ShowAsync(group),
        var job => job,
    };

    public async Task<JobChanges?> WaitForChangeAsync(Caller caller, long afterVersion, TimeSpan timeout, CancellationToken cancellation)
    {
        if (Visible(caller) is not { } job)
            return null;
        var watch = _watch ??= new JobWatch();
        if (job.Snapshot.Version <= afterVersion && timeout > TimeSpan.Zero)
            await watch.Next.OrAfter(timeout < LongestWait ? timeout : LongestWait, clock, host.ApplicationStopping, cancellation);
        // What was known before is nothing new: the caller asks again, and hears of the next activation what the row tells.
        var changes = _memory.IsForgotten ? watch.After(afterVersion, job.Snapshot)
            : Visible(caller) is { } now ? watch.After(afterVersion, now.Snapshot) : null;
        return changes is null || job.Snapshot.Group is null
            ? changes
            : new JobChanges(await groupChildren.ShowAsync(changes.Snapshots));
    }

    public Task<JobCallbackAttempts?> GetCallbackAttemptsAsync(Caller caller) =>
        Task.FromResult(Visible(caller) is { } job ? new JobCallbackAttempts(job.CallbackLog.Last) : null);

    public Task<JobSnapshot?> GetOwedAsync() => Task.FromResult(Here() is { } job && OwesCallback(job) ? job.Snapshot : null);

    public async Task RecordAsync(CallbackAttempt attempt)
    {
        if (Here() is { } job)
            await ApplyAsync(callbacks.Decide(job, attempt, Act.Of(Act.System, clock, job.Snapshot)));
        LeaveIfOnlyWoken();
    }

    /// <summary>Another organization's job does not exist.</summary>
    private Job? Visible(Caller caller)
    {
        _wasAskedFor = true;
        return Here() is { } job && job.Snapshot.OrganizationId == caller.OrganizationId ? job : null;
    }

    /// <summary>The job, or null where there is none: then the grain stays for seconds.</summary>
    /// <exception cref="StorageUnavailableException">What is stored is not known yet.</exception>
    private Job? Here()
    {
        if (_memory.IsForgotten)
            throw new StorageUnavailableException(
                "It is not known yet what is stored of this job; nothing of this command was. Repeat it.");
        if (_memory.Job is null)
            absent.Add(GrainContext);
        return _memory.Job;
    }

    private async Task<JobOutcome> ChangeAsync(Caller caller, Func<Job, Act, Decision> decide) => Visible(caller) is null
        ? new JobOutcome.NotFound()
        : metrics.Told(await ApplyAsync(await DecideAsync(caller.UserId, decide)));

    /// <summary>A deadline that has passed goes first: whoever comes after it finds the job ended, however late the sweeper is.</summary>
    private async ValueTask<Decision> DecideAsync(string by, Func<Job, Act, Decision> decide)
    {
        var job = Here()!;
        if (_memory.DueAt(clock.GetUtcNow()) is { What.IsDeadline: true } due)
        {
            await ApplyAsync(job.Decide(due, Act.Of(Act.System, clock, job.Snapshot)));
            job = _memory.Job!;
        }
        return decide(job, Act.Of(by, clock, job.Snapshot));
    }

    private async Task<JobOutcome> ApplyAsync(Decision decision)
    {
        switch (decision)
        {
            case Decision.Store store:
                var next = needs.Planned(callbacks.Owing(store.Next, _memory.Job));
                await (store.MayWait ? StoreOrKeepAsync(next) : SaveAsync(next));
                return new JobOutcome.Accepted(_memory.Job!.Snapshot);
            case Decision.Remove:
                var last = _memory.Job!.Snapshot;
                await SaveAsync(next: null);
                return new JobOutcome.Accepted(last);
            case Decision.Refuse refuse:
                return new JobOutcome.Refused(refuse.Reason);
            default:
                return new JobOutcome.AlreadyDone(_memory.Job!.Snapshot);
        }
    }

    private async Task StoreOrKeepAsync(Job next)
    {
        if (_memory.WaitOf(next) is var wait && wait > TimeSpan.Zero)
        {
            _memory.KeepUnstored(next, () => FlushIn(wait));
            return;
        }
        try
        {
            await SaveAsync(next);
        }
        catch (Exception problem)
            when (!_memory.IsForgotten && problem is StorageOverloadedException or StorageUnavailableException)
        {
            // The worker was told that nothing is stored, but it was heard: an outage of the database is no silence of its own.
            _memory.KeepBeat(next.Snapshot.HeartbeatAt, () => FlushIn(FlushPause));
            throw;
        }
    }

    private IGrainTimer FlushIn(TimeSpan wait) => this.RegisterGrainTimer(FlushAsync, new GrainTimerCreationOptions(wait, FlushPause));

    /// <summary>Stores what waits. Where the database does not take it, it goes on waiting.</summary>
    private async Task FlushAsync()
    {
        if (!_memory.HasUnstored || _memory.Job is not { } job)
            return;
        try
        {
            await SaveAsync(needs.Planned(job.NextVersion()));
        }
        catch (Exception problem) when (problem is StorageOverloadedException or StorageUnavailableException or OutcomeUnknownException)
        {
            log.ProgressNotStored(problem, this.GetPrimaryKeyString());
        }
    }

    /// <summary>Stores, then announces. What could not be stored is not kept in memory as if it were.</summary>
    /// <returns>Null where it is stored; of a new job, the one that has its key, or why its parent does not take it.</returns>
    private async Task<JobWriteResult?> SaveAsync(Job? next)
    {
        try
        {
            storage.State = new JobState { Job = next, Before = _memory.Job };
            await (next is null ? storage.ClearStateAsync() : storage.WriteStateAsync());
        }
        catch (Exception problem) when (problem is StorageOverloadedException or StorageUnavailableException or StoreException)
        {
            // Nothing was stored, so what is in memory is still the truth.
            storage.State = new JobState { Job = _memory.Job };
            throw problem is StoreException
                ? new InvalidOperationException($"The database refuses this job: {problem.Message}")
                : problem;
        }
        catch (OutcomeUnknownException)
        {
            LeaveToReadAgain(open.OverAsync());
            throw;
        }
        switch (storage.State.NotStored)
        {
            case JobWriteResult.KeyTaken or JobWriteResult.NotTaken:
                var notMade = storage.State.NotStored;
                storage.State = new JobState();
                return notMade;
            case JobWriteResult.Stale:
                log.AnotherActivationWrote(this.GetPrimaryKeyString());
                LeaveToReadAgain(Task.CompletedTask);
                throw new StorageUnavailableException(
                    "Another activation of this job stored a change first; nothing of this command was stored. Repeat it.");
        }
        var before = _memory.Job;
        _memory.TakeStored(next);
        metrics.Stored(before, next);
        Announce();
        return null;
    }

    /// <summary>A deleted job's grain stays a little for what is queued behind: to go now would send those calls on and on.</summary>
    private void Announce()
    {
        if (Here() is { } job)
            _watch?.Publish(job.Snapshot);
        else
            _watch?.Release();
        // As the row says that it is owed: an attempt that is waiting or under way is not made twice.
        if (_memory.Job is { } owing && OwesCallback(owing))
            callbacks.Post(owing);
        StayWhileItLives();
    }

    /// <summary>Now, or at the job's last change where another silo's clock was ahead: what it owed then is owed.</summary>
    private bool OwesCallback(Job job) => job.OwesCallback(Act.Of(Act.System, clock, job.Snapshot).At);

    /// <summary>A living job stays longer than the age limit of the class, which is that of jobs that have ended.</summary>
    private void StayWhileItLives() =>
        DelayDeactivation(_memory.Job is { Snapshot.Status.IsTerminal: false } ? LivingAge : TimeSpan.Zero);
}
