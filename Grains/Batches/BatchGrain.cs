using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Grains.Absent;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Batches.Work;
using JobTracker.Grains.Callbacks.Sending;
using JobTracker.Grains.Jobs.Watching;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Jobs;
using JobTracker.Storage;
using JobTracker.Telemetry;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Concurrency;

namespace JobTracker.Grains.Batches;

/// <summary>
/// One batch: commands change it by guarded writes, and what is due is done by work in the background, for which no call waits long.
/// </summary>
/// <remarks>Reentrant, because work takes minutes: whatever changes the batch takes its turn in <see cref="BatchCell"/>.</remarks>
[Reentrant]
internal sealed partial class BatchGrain(
    BatchContext context,
    IOptions<JobLimits> limits,
    CallbackAddressRules addresses,
    AbsentGrains absent,
    IHostApplicationLifetime host,
    ILogger<BatchGrain> log) : Grain, IBatchGrain, IHasLogSubject, IDisposable
{
    /// <summary>How long a refresh waits for the provider, and a waking for the end of its work.</summary>
    private static readonly TimeSpan RefreshPatience = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan WakePatience = TimeSpan.FromSeconds(5);

    /// <summary>Lines of the quarantine in one page; a line is 4 KiB at most.</summary>
    private const int LargestQuarantinePage = 100;

    /// <summary>Longer than any work that makes progress; it is given up when the work is done.</summary>
    private static readonly TimeSpan WorkingAge = TimeSpan.FromHours(6);

    private readonly Guid _activation = Guid.CreateVersion7();

    /// <summary>From the moment on at which the silo begins to stop: the jobs' grains, which the work needs, go as this one does.</summary>
    private readonly CancellationTokenSource _stopping = CancellationTokenSource.CreateLinkedTokenSource(host.ApplicationStopping);
    private BatchCell _cell = null!;
    private Task _work = Task.CompletedTask;

    public LogSubject LogSubject => new(this.GetPrimaryKeyString(), _cell?.Current?.Snapshot.OrganizationId);

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _cell = new BatchCell(BatchId.Parse(this.GetPrimaryKeyString()), context.Store, context.Clock, Forget);
        await _cell.LoadAsync(cancellationToken);
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        await _stopping.CancelAsync();
        await _work.WaitAsync(cancellationToken)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
    }

    /// <summary>After the deactivation, in which the work has ended.</summary>
    public void Dispose()
    {
        _stopping.Dispose();
        _cell?.Dispose();
    }

    /// <summary>From its row where this activation does not know what is stored, and has not gone yet.</summary>
    public async Task<BatchSnapshot?> GetAsync(Caller caller) =>
        Visible(caller, _cell.IsLost ? await ReadSettledAsync() : Here())?.Snapshot;

    public async Task<BatchOutcome> CancelAsync(Caller caller)
    {
        if (Visible(caller) is not { } batch)
            return new BatchOutcome.NotFound();
        if (batch.Snapshot.Status is BatchStatus.Cancelled)
            return new BatchOutcome.AlreadyDone(batch.Snapshot);
        if (batch.Snapshot.Status.IsTerminal)
            return new BatchOutcome.Refused(new BatchRefusal.HasEnded(batch.Snapshot.Status));
        var changed = await _cell.ChangeAsync(current => current.Cancel(context.Now));
        if (changed.IsRemoved)
            return new BatchOutcome.NotFound();
        if (ReferenceEquals(changed, batch))
            return new BatchOutcome.AlreadyDone(batch.Snapshot);
        _ = Work();
        return new BatchOutcome.Accepted(changed.Snapshot);
    }

    public async Task<BatchOutcome> RefreshAsync(Caller caller)
    {
        if (Visible(caller) is not { } batch)
            return new BatchOutcome.NotFound();
        if (batch.Snapshot.NextPollAt is null)
            return new BatchOutcome.AlreadyDone(batch.Snapshot);

        // A poll that is under way may have been answered before this was asked, and would plan the next one anew.
        await _work.OrAfter(RefreshPatience, context.Clock, _stopping.Token, CancellationToken.None);
        if (_work.IsCompleted)
        {
            await _cell.ChangeAsync(current => current.PollNow(context.Now));
            await Work().OrAfter(RefreshPatience, context.Clock, _stopping.Token, CancellationToken.None);
        }

        return Visible(caller) is { } now ? new BatchOutcome.Accepted(now.Snapshot) : new BatchOutcome.NotFound();
    }

    public async Task<BatchOutcome> ResubmitFailedAsync(Caller caller)
    {
        if (Visible(caller) is not { } batch)
            return new BatchOutcome.NotFound();
        if (batch.Snapshot.Phase is not BatchPhase.Done)
            return NotEnded(batch);
        if (batch.Adopted)
            return new BatchOutcome.Refused(new BatchRefusal.NothingToResubmit());
        BatchOutcome.Refused? tooLate = null;
        var again = await _cell.WriteAsync(current =>
        {
            // Another one may have come first, while this one waited for its turn.
            if (current.Snapshot.Phase is not BatchPhase.Done)
                tooLate = NotEnded(current);
            return tooLate is not null ? Task.FromResult(default(Written<Batch>)) : context.Store.ResubmitAsync(
                current,
                current.Snapshot.Attempts + 1,
                (failed, expired) => failed + expired == 0 ? null : current.Resubmit(Job(), failed, expired, context.Now),
                CancellationToken.None);
        });
        return again is null ? tooLate ?? new BatchOutcome.Refused(new BatchRefusal.NothingToResubmit()) : await StartAsync();
    }

    public async Task<BatchOutcome> DeleteAsync(Caller caller)
    {
        if (Visible(caller) is not { } batch)
            return new BatchOutcome.NotFound();
        var last = batch;
        var removed = await _cell.ChangeAsync(current => (last = current).MayBeRemoved ? current.Removed(context.Now) : current);
        if (!removed.IsRemoved)
            return NotEnded(removed);
        _ = Work();
        return last.IsRemoved ? new BatchOutcome.NotFound() : new BatchOutcome.Accepted(last.Snapshot);
    }

    public async Task<ItemPage?> ListItemsAsync(Caller caller, ItemQuery query)
    {
        if (query.Limit is < 1 or > 1000)
            throw new ArgumentOutOfRangeException(nameof(query), $"A page has 1 to 1,000 items, not {query.Limit}.");
        return Visible(caller) is { } batch
            ? batch.Shown(await context.Store.ListItemsAsync(_cell.Id, query, context.JobLimits.PageBytes, CancellationToken.None))
            : null;
    }

    public async Task<ItemSnapshot?> GetItemAsync(Caller caller, string customId) =>
        Visible(caller) is { } batch && !customId.Contains('\0')
        && await context.Store.ReadItemAsync(_cell.Id, customId, CancellationToken.None) is { } item
            ? batch.Shown(item)
            : null;

    public async Task<ResultChunk?> ReadResultsAsync(Caller caller, string? after, int maxBytes)
    {
        if (Visible(caller) is null)
            return null;
        var chunk = await context.Store.ReadResultsAsync(_cell.Id, after, Math.Clamp(maxBytes, 64 << 10, 4 << 20), CancellationToken.None);

        // Read behind the lines, from the row and not from memory: an attempt that had begun before them cannot be missed.
        return await context.Store.ReadAsync(_cell.Id, CancellationToken.None) is { } batch
            ? chunk with { Attempt = batch.Snapshot.Attempts }
            : null;
    }

    public async Task<QuarantinePage?> ReadQuarantineAsync(Caller caller, QuarantinePlace after, int limit) =>
        Visible(caller) is null
            ? null
            : await context.Store.ReadQuarantineAsync(_cell.Id, after, Math.Clamp(limit, 1, LargestQuarantinePage), CancellationToken.None);

    public async Task<BatchWake> WakeAsync()
    {
        // The poller goes by the row, which may be ahead of what this activation knows.
        if (_cell.IsLost)
            return BatchWake.Rested;
        if (_work.IsCompleted && IsResting() && (!await _cell.ReadAgainAsync() || IsResting()))
            return BatchWake.Rested;
        var work = Work();
        await work.OrAfter(WakePatience, context.Clock, _stopping.Token, CancellationToken.None);
        return work.IsCompleted ? BatchWake.Worked : BatchWake.Working;
    }

    private bool IsResting() => Here() is not { } batch || context.NextStep(batch) is BatchStep.Rest;

    /// <summary>Another organization's batch does not exist, and a draft does for nobody.</summary>
    private Batch? Visible(Caller caller) => Visible(caller, Here());

    /// <summary>The batch, or null where there is none: then the grain stays for seconds.</summary>
    /// <exception cref="StorageUnavailableException">What is stored is not known yet.</exception>
    private Batch? Here()
    {
        if (_cell.IsLost)
            throw NotKnown();
        if (_cell.Current is null)
            absent.Add(GrainContext);
        return _cell.Current;
    }

    private async Task<Batch?> ReadSettledAsync()
    {
        await _cell.Settled.OrAfter(WakePatience, context.Clock, _stopping.Token, CancellationToken.None);
        return _cell.Settled.IsCompleted ? await context.Store.ReadAsync(_cell.Id, CancellationToken.None) : throw NotKnown();
    }

    private static StorageUnavailableException NotKnown() =>
        new("It is not known yet what is stored of this batch; nothing of this command was. Repeat it.");

    private static Batch? Visible(Caller caller, Batch? stored) =>
        stored is { IsDraft: false, IsRemoved: false } batch && batch.Snapshot.OrganizationId == caller.OrganizationId ? batch : null;

    private static BatchOutcome.Refused NotEnded(Batch batch) => new(new BatchRefusal.NotEnded(batch.Snapshot.Status));

    /// <summary>The work under way, or begun by this.</summary>
    private Task Work()
    {
        if (_work.IsCompleted && !_cell.IsLost && !_stopping.IsCancellationRequested)
            _work = WorkAsync();
        return _work;
    }

    private async Task WorkAsync()
    {
        DelayDeactivation(WorkingAge);
        await new BatchWork(_cell, context, _activation).RunAsync(_stopping.Token);
        DelayDeactivation(TimeSpan.Zero);
        if (_cell.Current is null)
            absent.Add(GrainContext);
    }

    /// <summary>What this activation knows may be wrong: it goes when the row tells, and the next call reads it again.</summary>
    private void Forget()
    {
        log.Overtaken(_cell.Id.ToString());
        _ = LeaveAsync();
    }

    private async Task LeaveAsync()
    {
        await _cell.Settled;
        DeactivateOnIdle();
    }
}
