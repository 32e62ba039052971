using JobTracker.Audit;
using JobTracker.Grains.Storage.Audit;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JobTracker.Grains.Audit;

/// <summary>
/// Removes events that were kept for long enough: some at each step, then there is a pause. Every silo does it; two at once share the work.
/// </summary>
internal sealed class AuditRemoval(IAuditStore store, IOptions<AuditOptions> options, TimeProvider clock, ILogger<AuditRemoval> log)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _rounds = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(AuditRemoval),
        ServiceLifecycleStage.Active,
        _ =>
        {
            _rounds = RunAsync();
            return Task.CompletedTask;
        },
        async _ =>
        {
            await _stopping.CancelAsync();
            await _rounds;
        });

    public void Dispose() => _stopping.Dispose();

    /// <summary>One round: all that is to go; how many.</summary>
    public async Task<int> RemoveAsync(CancellationToken cancellation)
    {
        var before = AuditEventId.FirstAt(clock.GetUtcNow() - options.Value.Retention);
        var removed = 0;
        int step;
        do
        {
            step = await store.RemoveAsync(before, options.Value.RemovalStep, cancellation);
            removed += step;
        }
        while (step == options.Value.RemovalStep && !cancellation.IsCancellationRequested);
        return removed;
    }

    private async Task RunAsync()
    {
        await Task.Yield();
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                if (await RemoveAsync(_stopping.Token) is > 0 and var removed)
                    log.EventsRemoved(removed, options.Value.Retention);
            }
            catch (Exception problem) when (!_stopping.IsCancellationRequested)
            {
                log.EventsNotRemoved(problem);
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(options.Value.RemovalPause, clock, _stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
