using JobTracker.Grains.Storage.Health;
using Microsoft.Extensions.Options;

namespace JobTracker.Silo.Clustering.Members;

/// <summary>
/// A silo whose storage alone is away keeps its jobs from everybody, beside others that could do them. After <c>Cluster:LeaveAfter</c> it
/// leaves, and its supervisor starts it anew, if another silo says that its own storage has worked all that time: when the database is away
/// for all nobody says so, and all stay, as does a silo that reaches no other.
/// </summary>
internal sealed class StorageLoss(
    IStorageHealth storage, StoragePeers peers, IOptions<ClusterSettings> settings, IHostApplicationLifetime lifetime, TimeProvider clock,
    ILogger<StorageLoss> log) : ILifecycleParticipant<ISiloLifecycle>, IDisposable
{
    /// <summary>Of sysexits.h: a failure that passes; start it again.</summary>
    public const int ExitCode = 75;

    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource _stopping = new();
    private Task _watch = Task.CompletedTask;

    public void Participate(ISiloLifecycle lifecycle) => lifecycle.Subscribe(
        nameof(StorageLoss),
        ServiceLifecycleStage.Active,
        _ =>
        {
            _watch = Task.Run(WatchAsync, CancellationToken.None);
            return Task.CompletedTask;
        },
        async _ =>
        {
            await _stopping.CancelAsync();
            await _watch;
        });

    public void Dispose() => _stopping.Dispose();

    private async Task WatchAsync()
    {
        using var ticks = new PeriodicTimer(Pace, clock);
        try
        {
            while (await ticks.WaitForNextTickAsync(_stopping.Token))
            {
                var standing = await storage.AskAsync().WaitAsync(_stopping.Token);
                if (standing.Works || standing.For < settings.Value.LeaveAfter
                    || await peers.FindWorkingAsync(settings.Value.LeaveAfter, _stopping.Token) is not { } witness)
                    continue;
                log.StorageLost(standing.For.TotalSeconds, standing.Cause!, witness, ExitCode);
                Environment.ExitCode = ExitCode;
                lifetime.StopApplication();
                return;
            }
        }
        catch (OperationCanceledException) when (_stopping.IsCancellationRequested)
        {
            // The silo stops for another reason.
        }
    }
}
