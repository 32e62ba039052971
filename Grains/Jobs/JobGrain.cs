using JobTracker.Callers;
using JobTracker.Grains.Absent;
using JobTracker.Grains.Callbacks.Sending;
using JobTracker.Grains.Jobs.Callbacks;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Jobs.Watching;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;
using JobTracker.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JobTracker.Grains.Jobs;

/// <summary>One job: each command is decided by a pure rule, stored by one guarded write, and only then told to those who wait.</summary>
/// <remarks>
/// Reads interleave with a write under way, so they answer from <see cref="_committed"/> and never from the state being stored.
/// </remarks>
[CollectionAgeLimit(Minutes = EndedMinutes)]
internal sealed partial class JobGrain(
    [PersistentState("job", JobGrainStorage.Name)] IPersistentState<JobState> storage,
    JobKeys keys,
    IOptions<JobLimits> limits,
    IOptions<JobsOptions> options,
    JobNeeds needs,
    JobCallbacks callbacks,
    CallbackAddressRules addresses,
    AbsentGrains absent,
    TimeProvider clock,
    IHostApplicationLifetime host,
    ILogger<JobGrain> log) : Grain, IJobGrain, IJobCallbackGrain, IBatchJobGrain
{
    /// <summary>How long a job that has ended stays in memory unused.</summary>
    private const int EndedMinutes = 2;

    /// <summary>How long one call may stay parked: a parked call keeps the grain from moving.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>How long a job that still runs stays in memory unused.</summary>
    private static readonly TimeSpan LivingAge = TimeSpan.FromMinutes(15);

    /// <summary>
    /// The job as it is stored, but for what <see cref="Hold"/> keeps of its progress and its worker's last sign of life.
    /// </summary>
    private Job? _committed;
    private JobWatch? _watch;

    /// <summary>What this activation knows may be wrong: it is about to go.</summary>
    private bool _isForgotten;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        Remember(storage.State.Job);
        Stay();
        return Task.CompletedTask;
    }

    public Task<JobOutcome> UpdateAsync(Caller caller, UpdateJob command) =>
        ChangeAsync(caller, (job, act) => job.Decide(command, act, limits.Value));

    public Task<JobOutcome> CancelAsync(Caller caller, CancelJob command) =>
        ChangeAsync(caller, (job, act) => job.Decide(command, act));

    public Task<JobOutcome> HeartbeatAsync(Caller caller, Heartbeat command) =>
        ChangeAsync(caller, (job, act) => job.Decide(command, act, limits.Value));

    public async Task<JobOutcome> DeleteAsync(Caller caller, DeleteJob command) =>
        Visible(caller) is { } job ? await ApplyAsync(job.Decide(command)) : new JobOutcome.NotFound();

    public Task<JobSnapshot?> GetAsync(Caller caller) => Task.FromResult(Visible(caller)?.Snapshot);

    public async Task<JobChanges?> WaitForChangeAsync(Caller caller, long afterVersion, TimeSpan timeout, CancellationToken cancellation)
    {
        if (Visible(caller) is not { } job)
            return null;
        var watch = _watch ??= new JobWatch();
        if (job.Snapshot.Version <= afterVersion && timeout > TimeSpan.Zero)
            await watch.Next.OrAfter(timeout < LongestWait ? timeout : LongestWait, clock, host.ApplicationStopping, cancellation);
        return Visible(caller) is { } now ? watch.After(afterVersion, now.Snapshot) : null;
    }

    /// <summary>Another organization's job does not exist.</summary>
    private Job? Visible(Caller caller)
    {
        _wasAskedFor = true;
        return Here() is { } job && job.Snapshot.OrganizationId == caller.OrganizationId ? job : null;
    }

    /// <summary>The job, or null where there is none: then the grain stays for seconds.</summary>
    private Job? Here()
    {
        if (_committed is null)
            absent.Add(GrainContext);
        return _committed;
    }

    /// <summary>A deadline that has passed goes first: whoever comes after it finds the job ended, however late the sweeper is.</summary>
    private async Task<JobOutcome> ChangeAsync(Caller caller, Func<Job, Act, Decision> decide)
    {
        if (Visible(caller) is not { } job)
            return new JobOutcome.NotFound();
        if (DueNow(job) is { What.IsDeadline: true } due)
        {
            await ApplyAsync(job.Decide(due, Act.Of(Act.System, clock, job.Snapshot)));
            job = _committed!;
        }

        return await ApplyAsync(decide(job, Act.Of(caller.UserId, clock, job.Snapshot)));
    }

    private async Task<JobOutcome> ApplyAsync(Decision decision)
    {
        switch (decision)
        {
            case Decision.Store store:
                await StoreAsync(needs.Planned(callbacks.Owing(store.Next, _committed)), store.MayWait);
                return new JobOutcome.Accepted(_committed!.Snapshot);
            case Decision.Remove:
                var last = _committed!.Snapshot;
                await SaveAsync(next: null);
                return new JobOutcome.Accepted(last);
            case Decision.Refuse refuse:
                return new JobOutcome.Refused(refuse.Reason);
            default:
                return new JobOutcome.AlreadyDone(_committed!.Snapshot);
        }
    }

    /// <summary>Stores, then announces. What could not be stored is not kept in memory as if it were.</summary>
    /// <returns>Null where it is stored; of a new job, the one that has its key.</returns>
    private async Task<JobWriteResult.KeyTaken?> SaveAsync(Job? next)
    {
        try
        {
            storage.State = new JobState { Job = next, Before = _committed };
            await (next is null ? storage.ClearStateAsync() : storage.WriteStateAsync());
        }
        catch (Exception problem) when (problem is StorageOverloadedException or StorageUnavailableException or StoreException)
        {
            // Nothing was stored, so what is in memory is still the truth.
            storage.State = new JobState { Job = _committed };
            throw problem is StoreException
                ? new InvalidOperationException($"The database refuses this job: {problem.Message}")
                : problem;
        }
        catch (OutcomeUnknownException)
        {
            Forget();
            throw;
        }

        switch (storage.State.NotStored)
        {
            case JobWriteResult.KeyTaken taken:
                storage.State = new JobState();
                return taken;
            case JobWriteResult.Stale:
                log.AnotherActivationWrote(this.GetPrimaryKeyString());
                Forget();
                throw new StorageUnavailableException(
                    "Another activation of this job stored a change first; nothing of this command was stored. Repeat it.");
        }

        Remember(next);
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
        PostOwedCallback();
        Stay();
    }

    /// <summary>A living job stays longer than the age limit of the class, which is that of jobs that have ended.</summary>
    private void Stay() => DelayDeactivation(_committed is { Snapshot.Status.IsTerminal: false } ? LivingAge : TimeSpan.Zero);

    /// <summary>The next call reads the row again. Parked calls would hold the grain back: they go first.</summary>
    private void Forget()
    {
        _isForgotten = true;
        _watch?.Release();
        Drop();
        DeactivateOnIdle();
    }
}
