using JobTracker.Callers;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;
using JobTracker.Storage;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace JobTracker.Grains.Jobs;

/// <summary>One job: each command is decided by a pure rule, stored by one guarded write, and only then told to those who wait.</summary>
/// <remarks>Reads interleave with a write under way, so they answer from <see cref="_committed"/> and never from the state being stored.</remarks>
[CollectionAgeLimit(Minutes = EndedMinutes)]
internal sealed class JobGrain(
    [PersistentState("job", JobGrainStorage.Name)] IPersistentState<JobState> storage,
    IOptions<JobLimits> limits,
    JobNeeds needs,
    TimeProvider clock,
    IHostApplicationLifetime host,
    ILogger<JobGrain> log) : Grain, IJobGrain
{
    /// <summary>How long a job that has ended, or never was, stays in memory unused.</summary>
    private const int EndedMinutes = 2;

    /// <summary>How long one call may stay parked: a parked call keeps the grain from moving.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    /// <summary>How long a job that still runs stays in memory unused.</summary>
    private static readonly TimeSpan LivingAge = TimeSpan.FromMinutes(15);

    private Job? _committed;
    private JobWatch? _watch;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _committed = Explained(storage.State.Job);
        Stay();
        return Task.CompletedTask;
    }

    public async Task<JobOutcome> CreateAsync(Caller caller, CreateJob command)
    {
        if (_committed is { } existing)
            return JobCreation.Again(existing, caller, command);
        try
        {
            var id = JobId.Parse(this.GetPrimaryKeyString());
            return await ApplyAsync(Job.Decide(id, caller, command, Act.Of(caller.UserId, clock), limits.Value));
        }
        catch (IdempotencyKeyTakenException taken)
        {
            Forget();
            return await JobCreation.OfHolderAsync(GrainFactory, taken, caller, command);
        }
    }

    public Task<JobOutcome> UpdateAsync(Caller caller, UpdateJob command) =>
        ChangeAsync(caller, (job, act) => job.Decide(command, act, limits.Value));

    public Task<JobOutcome> CancelAsync(Caller caller, CancelJob command) =>
        ChangeAsync(caller, (job, act) => job.Decide(command, act));

    public Task<JobOutcome> DeleteAsync(Caller caller, DeleteJob command) =>
        ChangeAsync(caller, (job, _) => job.Decide(command));

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

    /// <summary>One thing after another, until nothing is due; then whatever the plan was made by before is made to agree with today's rules.</summary>
    public async Task WakeAsync()
    {
        while (_committed is { } job && needs.DueOf(job.Snapshot, clock.GetUtcNow(), TimeSpan.Zero) is { } due)
        {
            if (await ApplyAsync(job.Decide(due, Act.Of(Act.System, clock, job.Snapshot))) is JobOutcome.AlreadyDone)
                return;
        }

        if (_committed is { } stale && stale.DueAt != needs.Planned(stale).DueAt)
            await ApplyAsync(stale.Replan());
    }

    /// <summary>Another organization's job does not exist.</summary>
    private Job? Visible(Caller caller) => _committed?.Snapshot.OrganizationId == caller.OrganizationId ? _committed : null;

    private async Task<JobOutcome> ChangeAsync(Caller caller, Func<Job, Act, Decision> decide) =>
        Visible(caller) is { } job
            ? await ApplyAsync(decide(job, Act.Of(caller.UserId, clock, job.Snapshot)))
            : new JobOutcome.NotFound();

    private Job? Explained(Job? stored) => stored is null ? null : stored with { Snapshot = needs.Explained(stored.Snapshot) };

    private async Task<JobOutcome> ApplyAsync(Decision decision)
    {
        switch (decision)
        {
            case Decision.Store store:
                var planned = needs.Planned(store.Next);
                await SaveAsync(planned);
                return new JobOutcome.Accepted(planned.Snapshot);
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
    private async Task SaveAsync(Job? next)
    {
        try
        {
            storage.State = new JobState { Job = next };
            await (next is null ? storage.ClearStateAsync() : storage.WriteStateAsync());
        }
        catch (Exception problem) when (problem is StorageOverloadedException or StorageUnavailableException or JobStoreException)
        {
            // Nothing was stored, so what is in memory is still the truth.
            storage.State = new JobState { Job = _committed };
            throw problem is JobStoreException ? new InvalidOperationException($"The database refuses this job: {problem.Message}") : problem;
        }
        catch (InconsistentStateException problem)
        {
            log.AnotherActivationWrote(problem, this.GetPrimaryKeyString());
            Forget();
            throw new StorageUnavailableException("Another activation of this job stored a change first; nothing of this command was stored. Repeat it.");
        }
        catch (OutcomeUnknownException)
        {
            Forget();
            throw;
        }

        _committed = next;
        Announce();
    }

    /// <remarks>A deleted job stays until its age limit like any that is not there: to leave at once would send the calls that wait behind this one away.</remarks>
    /// <summary>A deleted job's grain stays for what is queued behind: to go now would send those calls on and on.</summary>
    private void Announce()
    {
        if (_committed is { } job)
            _watch?.Publish(job.Snapshot);
        else
            _watch?.Release();
        Stay();
    }

    /// <summary>A living job stays longer than the age limit of the class, which is that of jobs that have ended.</summary>
    private void Stay() => DelayDeactivation(_committed is { Snapshot.Status.IsTerminal: false } ? LivingAge : TimeSpan.Zero);

    /// <summary>The next call reads the row again. Parked calls would hold the grain back: they go first.</summary>
    private void Forget()
    {
        _watch?.Release();
        DeactivateOnIdle();
    }
}
