using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Storage;

namespace JobTracker.Grains.Batches.Work;

/// <summary>The lease while it is held: renewed again and again, given back at the end. Single activation alone is no lock.</summary>
internal sealed class HeldLease : IAsyncDisposable
{
    private readonly BatchContext _context;
    private readonly CancellationTokenSource _held;
    private BatchLease _lease;
    private Task _renewals = Task.CompletedTask;

    private HeldLease(BatchContext context, BatchLease lease, CancellationToken stopping)
    {
        (_context, _lease) = (context, lease);
        _held = CancellationTokenSource.CreateLinkedTokenSource(stopping);
    }

    /// <summary>Cancelled when the lease is lost, or the work shall stop.</summary>
    public CancellationToken Token => _held.Token;

    /// <summary>Null: another activation has it.</summary>
    public static async Task<HeldLease?> TakeAsync(BatchCell cell, BatchContext context, Guid holder, CancellationToken stopping)
    {
        var lease = new BatchLease(cell.Id, holder, context.Now + context.Options.Lease);
        if (!await cell.InTurnAsync(batch => context.Store.TakeLeaseAsync(lease, batch.Snapshot.Version, context.Now, stopping)))
            return null;
        var held = new HeldLease(context, lease, stopping);
        held._renewals = held.RenewAsync();
        return held;
    }

    public async ValueTask DisposeAsync()
    {
        await _held.CancelAsync();
        await _renewals;
        _held.Dispose();
        try
        {
            await _context.Store.ReleaseLeaseAsync(_lease, CancellationToken.None);
        }
        catch (Exception problem) when (problem is StorageUnavailableException or OutcomeUnknownException)
        {
            // It runs out by itself.
            _context.Log.WorkFailed(problem, _lease.Batch.ToString(), BatchStep.Rest);
        }
    }

    private async Task RenewAsync()
    {
        while (true)
        {
            await Task.Delay(_context.Options.Lease / 3, _context.Clock, _held.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
            if (_held.IsCancellationRequested)
                return;
            if (!await TryRenewAsync())
                await _held.CancelAsync();
        }
    }

    /// <summary>A database that is away for a moment takes no lease from anybody, before it has run out.</summary>
    private async Task<bool> TryRenewAsync()
    {
        var renewed = _lease with { Until = _context.Now + _context.Options.Lease };
        try
        {
            if (!await _context.Store.RenewLeaseAsync(renewed, CancellationToken.None))
                return false;
            _lease = renewed;
            return true;
        }
        catch (Exception problem) when (problem is StorageUnavailableException or OutcomeUnknownException)
        {
            return _context.Now < _lease.Until;
        }
    }
}
