using System.Runtime.CompilerServices;
using JobTracker.Callers;
using JobTracker.Client.Retrying;
using JobTracker.Operations;

namespace JobTracker.Client.Operations;

/// <summary>One operation. Holds no state of it.</summary>
public sealed class OperationHandle
{
    /// <summary>Of one parked call; whoever waits asks again.</summary>
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(3);

    private readonly IGrainFactory _grains;
    private readonly Caller _caller;
    private readonly Attempts _attempts;

    internal OperationHandle(IGrainFactory grains, Caller caller, Attempts attempts, OperationId id) =>
        (_grains, _caller, _attempts, Id) = (grains, caller, attempts, id);

    public OperationId Id { get; }

    private IOperationGrain Grain => _grains.GetGrain<IOperationGrain>(Id.ToString());

    /// <summary>As it is; null where there is none.</summary>
    public Task<OperationSnapshot?> GetAsync(CancellationToken cancellation = default) =>
        _attempts.ReadAsync(() => Grain.GetAsync(_caller), cancellation);

    /// <summary>Stops it behind the step that is under way; what is done stays done. One that was stopped before is no error.</summary>
    /// <exception cref="OperationRefusedException">It has ended otherwise, or there is none.</exception>
    public async Task<OperationSnapshot> CancelAsync(CancellationToken cancellation = default) =>
        await _attempts.ReadAsync(() => Grain.CancelAsync(_caller), cancellation) switch
        {
            OperationOutcome.Accepted { Operation: var stopped } => stopped,
            OperationOutcome.AlreadyDone { Operation: var stopped } => stopped,
            var refused => throw new OperationRefusedException(refused),
        };

    /// <summary>The operation at once, then as it goes on, until it has ended: its progress, across failures of the service.</summary>
    public async IAsyncEnumerable<OperationSnapshot> WatchAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (long version = 0; ;)
        {
            var seen = version;
            var now = await _attempts.ReadAsync(() => Grain.WaitForChangeAsync(_caller, seen, Step, cancellation), cancellation);
            if (now is null)
                yield break;
            if (now.Version == seen)
                continue;
            yield return now;
            if (now.Status.IsTerminal)
                yield break;
            version = now.Version;
        }
    }

    /// <summary>Waits for its end; what it comes to on the way is told to <paramref name="progress"/>.</summary>
    /// <exception cref="OperationRefusedException">There is no such operation.</exception>
    public async Task<OperationSnapshot> WaitForCompletionAsync(
        IProgress<OperationSnapshot>? progress = null, CancellationToken cancellation = default)
    {
        OperationSnapshot? last = null;
        await foreach (var now in WatchAsync(cancellation))
        {
            progress?.Report(now);
            last = now;
        }
        return last is { Status.IsTerminal: true } ? last : throw new OperationRefusedException(new OperationOutcome.NotFound());
    }

    /// <summary>The jobs with which it failed, and why; the first 1,000 are kept.</summary>
    public async IAsyncEnumerable<OperationError> ReadErrorsAsync([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        for (long after = 0; ;)
        {
            var behind = after;
            if (await _attempts.ReadAsync(() => Grain.ReadErrorsAsync(_caller, behind), cancellation) is not { IsEmpty: false } errors)
                yield break;
            foreach (var error in errors)
                yield return error;
            after = errors[^1].Place;
        }
    }

    public override string ToString() => Id.ToString();
}
