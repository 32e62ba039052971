using System.Runtime.CompilerServices;
using JobTracker.Callers;
using JobTracker.Client.Retrying;
using JobTracker.Client.Running;
using JobTracker.Client.Watching;
using JobTracker.Cluster;
using JobTracker.Jobs;
using JobTracker.Organizations;

namespace JobTracker.Client;

/// <summary>The one <see cref="IJobTracker"/>: a caller, the grains, and the rules of sending again.</summary>
internal sealed class OrleansJobTracker : IJobTracker
{
    private const int LargestPage = 1_000;

    private readonly IGrainFactory _grains;
    private readonly JobTrackerClientOptions _options;
    private readonly TimeProvider _clock;
    private readonly Caller _caller;
    private readonly Attempts _attempts;
    private readonly ChangeFeed _feed;

    public OrleansJobTracker(IGrainFactory grains, JobTrackerClientOptions options, TimeProvider clock, Random random)
    {
        _grains = grains;
        _options = options;
        _clock = clock;
        _caller = new Caller(options.OrganizationId, options.UserId);
        _attempts = new Attempts(options, clock, random);
        _feed = new ChangeFeed(Grain, _caller, _attempts, clock);
    }

    public JobHandle Job(JobId jobId) => new(this, jobId);

    public async Task<JobHandle> CreateAsync(CreateJob command, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var id = JobId.New(_clock);
        // The id is new, so its text is a key that nobody else uses: sent again, the create finds what it made the first time.
        var keyed = command with
        {
            IdempotencyKey = command.IdempotencyKey ?? id.ToString(),
            Fingerprint = command.Fingerprint ?? CreateFingerprint.Of(command)
        };
        var tries = 0;
        var answer = await _attempts.SendAsync(
            () => ++tries == 1
                ? _grains.CreateNewJobAsync(id, _caller, keyed)
                : Grain(id).CreateAsync(_caller, keyed), harmlessTwice: true, cancellation);
        var outcome = answer switch
        {
            { Outcome: JobOutcome.Accepted or JobOutcome.AlreadyDone } or { Lost: null } => answer.Outcome!,
            // Whatever stands under an id that was minted here is what was asked for here.
            _ when await ReadAfterAsync(id, command, answer, cancellation) is { } made => new JobOutcome.Accepted(made),
            { Outcome: { } refused } => refused,
            _ => throw new JobOutcomeUnknownException(id, command, answer.Lost),
        };
        return Job(outcome.JobOrThrow(id).Id);
    }

    public async Task<GroupHandle> GroupAsync(
        CreateJob command, IEnumerable<CreateJob>? children = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        var group = new GroupHandle(this, await CreateAsync(command with { Group = command.Group ?? new NewGroup() }, cancellation));
        if (children is null)
            return group;
        foreach (var child in children)
            await group.CreateAsync(child, cancellation);
        await group.SealAsync(cancellation);
        return group;
    }

    public Task<JobSnapshot?> GetAsync(JobId jobId, CancellationToken cancellation = default) =>
        _attempts.ReadAsync(() => Grain(jobId).GetAsync(_caller), cancellation);

    public async IAsyncEnumerable<JobSnapshot> ListAsync(JobQuery query, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        for (var asked = query; asked is not null;)
        {
            var now = asked;
            var page = await _attempts.ReadAsync(() => Catalog.ListAsync(_caller, now), cancellation);
            foreach (var job in page.Jobs)
                yield return job;
            asked = now is { Before: not null, After: null } ? null : page.RestOf(now);
        }
    }

    public IAsyncEnumerable<JobSnapshot> ExportAsync(JobQuery query, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(query);
        return ListAsync(query with { Limit = LargestPage }, cancellation);
    }

    public Task<JobCounts> CountAsync(CancellationToken cancellation = default) =>
        _attempts.ReadAsync(() => Catalog.CountAsync(_caller, organizationId: null), cancellation);

    public async Task<JobSnapshot> UpdateAsync(JobId jobId, UpdateJob command, CancellationToken cancellation = default) =>
        (await TryUpdateAsync(jobId, command, cancellation)).JobOrThrow(jobId);

    public Task<JobOutcome> TryUpdateAsync(JobId jobId, UpdateJob command, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(command);
        return TryUpdateAsync(jobId, command, RetryRules.IsHarmlessTwice(command), cancellation);
    }

    /// <param name="harmlessTwice">The caller is the only one who writes these fields, so that sending them again overwrites
    /// nobody.</param>
    internal async Task<JobOutcome> TryUpdateAsync(JobId id, UpdateJob command, bool harmlessTwice, CancellationToken cancellation)
    {
        var answer = await _attempts.SendAsync(() => Grain(id).UpdateAsync(_caller, command), harmlessTwice, cancellation);
        if (answer.Lost is null || answer.Outcome is JobOutcome.Accepted)
            return answer.Outcome!;
        var job = await ReadAfterAsync(id, command, answer, cancellation);
        return LostAnswer.Judge(command, _caller, job, answer.Outcome) ?? throw new JobOutcomeUnknownException(id, command, answer.Lost);
    }

    public async Task<JobSnapshot> HeartbeatAsync(JobId jobId, Heartbeat? heartbeat = null, CancellationToken cancellation = default) =>
        (await TryHeartbeatAsync(jobId, heartbeat ?? new Heartbeat(), cancellation)).JobOrThrow(jobId);

    /// <summary>Sent again until it is answered: the newest of two signs of life is as good as both.</summary>
    internal async Task<JobOutcome> TryHeartbeatAsync(JobId jobId, Heartbeat heartbeat, CancellationToken cancellation)
    {
        var answer = await _attempts.SendAsync(() => Grain(jobId).HeartbeatAsync(_caller, heartbeat), harmlessTwice: true, cancellation);
        return answer.Outcome ?? throw new JobOutcomeUnknownException(jobId, heartbeat, answer.Lost);
    }

    public async Task<JobSnapshot> CancelAsync(JobId jobId, CancelJob? command = null, CancellationToken cancellation = default) =>
        (await TryCancelAsync(jobId, command, cancellation)).JobOrThrow(jobId);

    public async Task<JobOutcome> TryCancelAsync(JobId jobId, CancelJob? command = null, CancellationToken cancellation = default)
    {
        var asked = command ?? new CancelJob();
        var answer = await _attempts.SendAsync(() => Grain(jobId).CancelAsync(_caller, asked), harmlessTwice: true, cancellation);
        if (answer.Lost is null || answer.Outcome is JobOutcome.Accepted)
            return answer.Outcome!;
        var job = await ReadAfterAsync(jobId, asked, answer, cancellation);
        return LostAnswer.Judge(_caller, job, answer.Outcome) ?? throw new JobOutcomeUnknownException(jobId, asked, answer.Lost);
    }

    public async Task<JobSnapshot?> DeleteAsync(JobId jobId, DeleteJob? command = null, CancellationToken cancellation = default)
    {
        var asked = command ?? new DeleteJob();
        var answer = await _attempts.SendAsync(() => Grain(jobId).DeleteAsync(_caller, asked), harmlessTwice: true, cancellation);
        return answer.Outcome switch
        {
            JobOutcome.NotFound => null,
            { } outcome => outcome.JobOrThrow(jobId),
            null when await ReadAfterAsync(jobId, asked, answer, cancellation) is null => null,
            null => throw new JobOutcomeUnknownException(jobId, asked, answer.Lost),
        };
    }

    public async Task<JobSnapshot> RedeliverCallbackAsync(
        JobId jobId, RedeliverCallback? command = null, CancellationToken cancellation = default)
    {
        var asked = command ?? new RedeliverCallback();
        // Twice is harmless: receivers know the callback by its id.
        var answer = await _attempts.SendAsync(
            () => Grain(jobId).RedeliverCallbackAsync(_caller, asked), harmlessTwice: asked.ExpectedVersion is null, cancellation);
        return answer.Outcome is { } outcome ? outcome.JobOrThrow(jobId) : throw new JobOutcomeUnknownException(jobId, asked, answer.Lost);
    }

    public async Task<JobHandle> RetryAsync(JobId jobId, CancellationToken cancellation = default)
    {
        var asked = new RetryJob();
        var answer = await _attempts.SendAsync(() => Grain(jobId).RetryAsync(_caller, asked), harmlessTwice: true, cancellation);
        return answer.Outcome is { } outcome
            ? Job(outcome.JobOrThrow(jobId).Id)
            : throw new JobOutcomeUnknownException(jobId, asked, answer.Lost);
    }

    public Task<JobCallbackAttempts?> GetCallbackAttemptsAsync(JobId jobId, CancellationToken cancellation = default) =>
        _attempts.ReadAsync(() => Grain(jobId).GetCallbackAttemptsAsync(_caller), cancellation);

    public Task<CallbackSecretInfo> GetCallbackSecretAsync(CancellationToken cancellation = default) =>
        _attempts.ReadAsync(Organization.GetCallbackSecretAsync, cancellation);

    public async Task<CallbackSecretInfo> RotateCallbackSecretAsync(CancellationToken cancellation = default)
    {
        var secret = await Organization.RotateCallbackSecretAsync().WaitAsync(_options.LongestAnswer, _clock, cancellation);
        return secret.IsConfigured ? throw new InvalidOperationException(
            "The server's configuration sets the callback secret (Callbacks:SigningSecret); it cannot be rotated.") : secret;
    }

    public async Task<JobWait> WaitForCompletionAsync(JobId jobId, TimeSpan longestWait, CancellationToken cancellation = default)
    {
        if (longestWait != Timeout.InfiniteTimeSpan)
            ArgumentOutOfRangeException.ThrowIfLessThan(longestWait, TimeSpan.Zero);
        if (await GetAsync(jobId, cancellation) is not { } job)
            return new JobWait.NotFound();
        using var limit = new CancellationTokenSource(longestWait, _clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellation);
        try
        {
            if (!job.Status.IsTerminal)
            {
                await foreach (var snapshot in _feed.ReadAsync(jobId, job.Version, _options.LongestOutage, either.Token))
                    job = snapshot;
            }
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested && !cancellation.IsCancellationRequested)
        {
            return new JobWait.TimedOut(job);
        }

        return job.Status.IsTerminal ? new JobWait.Ended(job) : new JobWait.NotFound();
    }

    public async IAsyncEnumerable<JobSnapshot> WatchAsync(
        JobId jobId, long afterVersion = 0, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var now = await GetAsync(jobId, cancellation);
        if (now is null && afterVersion == 0)
            throw new JobNotFoundException(jobId);
        // Whoever has seen the end already would wait for ever for another.
        if (now is null || (now.Status.IsTerminal && now.Version <= afterVersion))
            yield break;
        await foreach (var snapshot in _feed.ReadAsync(jobId, afterVersion, _options.LongestOutage, cancellation))
            yield return snapshot;
    }

    public Task<RunResult> RunAsync(
        JobId jobId, Func<JobRun, CancellationToken, Task> work, RunOptions? options = null, CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(work);
        return new WorkerScope(this, _feed, jobId, _options, _clock).RunAsync(work, options ?? new RunOptions(), cancellation);
    }

    private IOrganizationGrain Organization => _grains.GetGrain<IOrganizationGrain>(OrganizationKey.Of(_caller.OrganizationId));

    private IJobCatalogGrain Catalog => _grains.GetGrain<IJobCatalogGrain>(0);

    private IJobGrain Grain(JobId id) => _grains.GetGrain<IJobGrain>(id.ToString());

    /// <summary>The job after a lost answer. Where even that cannot be read, the command's outcome stays unknown.</summary>
    private async Task<JobSnapshot?> ReadAfterAsync(JobId id, object command, Answer<JobOutcome> answer, CancellationToken cancellation)
    {
        try
        {
            return await GetAsync(id, cancellation);
        }
        catch (Exception e) when (RetryRules.Tells(e, cancellation) != CallFailure.Final)
        {
            throw new JobOutcomeUnknownException(id, command, answer.Lost);
        }
    }
}
