using JobTracker.Grains.Storage.Operations;
using JobTracker.Operations;
using JobTracker.Organizations;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace JobTracker.Grains.Operations;

/// <summary>
/// Every silo's part in keeping operations going: a look now and then, at no fixed moments, for those that have not ended; the silo that
/// had one may have gone. To wake what runs already is harmless.
/// </summary>
internal sealed class OperationsKeeper(
    IOperationStore store, IGrainFactory grains, IOptions<OperationsOptions> options, TimeProvider clock, Random random,
    ILogger<OperationsKeeper> log) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    /// <summary>Organizations that one look wakes; the next look comes to others when those are done.</summary>
    private const int MostOrganizations = 1_000;

    private readonly CancellationTokenSource _stopping = new();
    private Task _looks = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(OperationsKeeper),
        ServiceLifecycleStage.Active,
        _ =>
        {
            _looks = LookAsync();
            return Task.CompletedTask;
        },
        async _ =>
        {
            await _stopping.CancelAsync();
            await _looks;
        });

    public void Dispose() => _stopping.Dispose();

    private async Task LookAsync()
    {
        await Task.Yield();
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                foreach (var organization in await store.ReadOpenOrganizationsAsync(MostOrganizations, _stopping.Token))
                    await grains.GetGrain<IOperationsGrain>(OrganizationKey.Of(organization)).WakeAsync();
            }
            catch (Exception) when (_stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception problem)
            {
                log.OperationsNotRead(problem);
            }
            await Task.Delay(options.Value.LookInterval * (1 + random.NextDouble()), clock, _stopping.Token)
                .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
