using JobTracker.Batches;
using JobTracker.Grains.Batches.Options;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JobTracker.Grains.Batches;

/// <summary>
/// Every silo's part in keeping the poller alive: a nudge now and then, at no fixed moments, so that silos do not nudge in step.
/// </summary>
internal sealed class BatchPollerKeeper(
    IGrainFactory grains, IOptions<BatchOptions> options, TimeProvider clock, ILogger<BatchPollerKeeper> log)
    : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private Task _nudges = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(BatchPollerKeeper),
        ServiceLifecycleStage.Active,
        _ =>
        {
            _nudges = NudgeAsync();
            return Task.CompletedTask;
        },
        async _ =>
        {
            await _stopping.CancelAsync();
            await _nudges;
        });

    public void Dispose() => _stopping.Dispose();

    private async Task NudgeAsync()
    {
        await Task.Yield();
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                await grains.GetGrain<IBatchPollerGrain>(IBatchPollerGrain.Key).NudgeAsync().WaitAsync(_stopping.Token);
            }
            catch (Exception problem) when (!_stopping.IsCancellationRequested)
            {
                log.NudgeFailed(problem);
            }
            catch (OperationCanceledException)
            {
                return;
            }
            await Task.Delay(options.Value.NudgeInterval * (1 + Random.Shared.NextDouble()), clock, _stopping.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
