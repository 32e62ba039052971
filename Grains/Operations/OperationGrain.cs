using System.Collections.Immutable;
using JobTracker.Callers;
using JobTracker.Cluster;
using JobTracker.Grains.Absent;
using JobTracker.Grains.Jobs.Life;
using JobTracker.Grains.Jobs.Watching;
using JobTracker.Grains.Operations.Life;
using JobTracker.Grains.Storage.Operations;
using JobTracker.Jobs;
using JobTracker.Operations;
using JobTracker.Organizations;
using JobTracker.Storage;
using JobTracker.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JobTracker.Grains.Operations;

/// <summary>
/// Walks over the jobs of one operation: a step is stored, done, and stored as done together with the next one. A timer takes one step
/// after the other, so that commands come in between.
/// </summary>
/// <remarks>
/// A single activation is no lock: every write is guarded by the version, and what a step does to a job is done once whoever asks.
/// </remarks>
internal sealed class OperationGrain(
    IOperationStore store, IOptions<OperationsOptions> options, AbsentGrains absent, TimeProvider clock, IHostApplicationLifetime host,
    ILogger<OperationGrain> log) : Grain, IOperationGrain, IHasLogSubject
{
    private const int ErrorsAtOnce = 1_000;

    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5);

    private Operation? _operation;
    private TaskCompletionSource _next = NewSource();
    private IGrainTimer? _timer;

    /// <summary>The step may have been begun before: by another activation, or by this one, which did not come to its end.</summary>
    private bool _wasBegun;

    public LogSubject LogSubject => new(this.GetPrimaryKeyString(), _operation?.Snapshot.OrganizationId);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _operation = await store.ReadAsync(OperationId.Parse(this.GetPrimaryKeyString()), cancellationToken);
        _wasBegun = _operation is { Step.IsEmpty: false };
        if (_operation is null)
            absent.Add(GrainContext);
    }

    public Task<OperationSnapshot?> GetAsync(Caller caller) => Task.FromResult(Visible(caller)?.Snapshot);

    public async Task<OperationSnapshot?> WaitForChangeAsync(
        Caller caller, long afterVersion, TimeSpan timeout, CancellationToken cancellation)
    {
        if (Visible(caller) is { } operation && operation.Snapshot.Version <= afterVersion && timeout > TimeSpan.Zero)
            await _next.Task.OrAfter(timeout < LongestWait ? timeout : LongestWait, clock, host.ApplicationStopping, cancellation);
        return Visible(caller)?.Snapshot;
    }

    public async Task<OperationOutcome> CancelAsync(Caller caller)
    {
        if (Visible(caller) is not { } operation)
            return new OperationOutcome.NotFound();
        if (operation.Snapshot.Status == OperationStatus.Cancelled)
            return new OperationOutcome.AlreadyDone(operation.Snapshot);
        if (operation.Snapshot.Status.IsTerminal)
            return new OperationOutcome.HasEnded(operation.Snapshot.Status);
        await SaveAsync(operation.Ended(OperationStatus.Cancelled, Now()), []);
        return new OperationOutcome.Accepted(_operation!.Snapshot);
    }

    public async Task<ImmutableArray<OperationError>?> ReadErrorsAsync(Caller caller, long after) => Visible(caller) is { } operation
        ? [.. await store.ReadErrorsAsync(operation.Snapshot.Id, after, ErrorsAtOnce, CancellationToken.None)]
        : null;

    public Task WakeAsync()
    {
        if (_operation is { Snapshot.Status.IsTerminal: false } && _timer is null)
            _timer = this.RegisterGrainTimer(
                GoOnAsync, new GrainTimerCreationOptions(TimeSpan.Zero, Timeout.InfiniteTimeSpan) { KeepAlive = true });
        return Task.CompletedTask;
    }

    /// <summary>One step, and when the next one may come.</summary>
    private async Task GoOnAsync(CancellationToken stopping)
    {
        if (_operation is not { Snapshot.Status.IsTerminal: false } operation)
            return;
        var (began, jobs, pause) = (clock.GetTimestamp(), operation.Step.Length, TimeSpan.Zero);
        try
        {
            await StepAsync(operation);
            pause = TimeSpan.FromSeconds((double)jobs / operation.Snapshot.MaxPerSecond) - clock.GetElapsedTime(began);
        }
        catch (Exception fault) when (CallFailures.Of(fault) != CallFailure.Final)
        {
            log.StepPostponed(fault, this.GetPrimaryKeyString());
            pause = options.Value.Pause;
        }
        catch (Exception fault) when (_operation is { Snapshot.Status.IsTerminal: false })
        {
            log.OperationFailed(fault, this.GetPrimaryKeyString());
            var failed = operation.Ended(OperationStatus.Failed, Now());
            await SaveAsync(failed with { Snapshot = failed.Snapshot with { LastError = fault.Message } }, []);
        }
        if (!stopping.IsCancellationRequested)
            _timer?.Change(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Does the step that is stored, and stores it as done with the next one; at first it only finds the first one.</summary>
    private async Task StepAsync(Operation operation)
    {
        IReadOnlyList<OperationError> errors = [];
        if (!operation.Step.IsEmpty)
        {
            var wasBegun = _wasBegun;
            _wasBegun = true;
            (operation, errors) = operation.After(await operation.DoAsync(GrainFactory), wasBegun, options.Value.Errors);
        }
        await SaveAsync(operation.IsLastStep ? operation.Ended(OperationStatus.Completed, Now()) : await NextStepAsync(operation), errors);
    }

    /// <summary>A page may be empty though more comes behind it: then the walk goes on.</summary>
    private async Task<Operation> NextStepAsync(Operation operation)
    {
        var most = Math.Min(options.Value.Step, operation.Snapshot.MaxPerSecond);
        while (true)
        {
            var next = operation.NextPage(most) is { } query
                ? operation.WithStep(await GrainFactory.GetGrain<IJobCatalogGrain>(0).ListAsync(operation.Caller, query), Now())
                : operation.WithNamedStep(most, Now());
            if (!next.Step.IsEmpty)
                return next;
            if (next.IsLastStep)
                return next.Ended(OperationStatus.Completed, Now());
            operation = next;
        }
    }

    private async Task SaveAsync(Operation operation, IReadOnlyList<OperationError> errors)
    {
        var next = operation.NextVersion();
        bool isStored;
        try
        {
            isStored = await store.SaveAsync(next, errors, CancellationToken.None);
        }
        catch (OutcomeUnknownException)
        {
            LeaveToReadAgain();
            throw;
        }
        if (!isStored)
        {
            log.OperationTakenOver(this.GetPrimaryKeyString());
            LeaveToReadAgain();
            throw new StorageUnavailableException("Another activation of this operation stored a step first. Repeat the command.");
        }
        (_operation, _wasBegun) = (next, false);
        Release();
        if (next.Snapshot is { Status.IsTerminal: true } ended)
        {
            _timer?.Dispose();
            _timer = null;
            log.OperationEnded(
                ended.Id.ToString(), ended.Action.Word, ended.OrganizationId, ended.Status.Word, ended.Succeeded, ended.Matched);
            // The next one's turn; where this is lost, a silo that looks finds out.
            await GrainFactory.GetGrain<IOperationsGrain>(OrganizationKey.Of(ended.OrganizationId)).WakeAsync();
        }
    }

    /// <summary>The next activation reads what is stored.</summary>
    private void LeaveToReadAgain()
    {
        _timer?.Dispose();
        _timer = null;
        Release();
        DeactivateOnIdle();
    }

    private Operation? Visible(Caller caller) =>
        _operation is { } operation && operation.Snapshot.OrganizationId == caller.OrganizationId ? operation : null;

    private DateTimeOffset Now() => clock.GetUtcNow().ToMicroseconds();

    private void Release()
    {
        var next = _next;
        _next = NewSource();
        next.SetResult();
    }

    private static TaskCompletionSource NewSource() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
