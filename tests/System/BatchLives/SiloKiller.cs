using JobTracker.Tests.StandIn;
using JobTracker.Tests.StandIn.Recording;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.Processes.BatchLives;

/// <summary>
/// Kills a silo, one or the other, in the middle of a drawn request to the provider; and again once a new one stands in its place.
/// </summary>
internal sealed class SiloKiller(LivesCluster cluster, ProviderStandIn provider, Random random, LivesReport report)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    /// <summary>Creates and results are the moments that matter most.</summary>
    private static readonly StandInRoute[][] Moments =
    [
        [StandInRoute.AnthropicCreate, StandInRoute.OpenAiCreate, StandInRoute.OpenAiUpload],
        [StandInRoute.AnthropicCreate, StandInRoute.OpenAiCreate],
        [StandInRoute.AnthropicResults, StandInRoute.OpenAiContent],
        [StandInRoute.AnthropicResults, StandInRoute.OpenAiContent],
        [StandInRoute.AnthropicGet, StandInRoute.OpenAiGet],
        [StandInRoute.AnthropicCancel, StandInRoute.OpenAiCancel, StandInRoute.AnthropicList, StandInRoute.OpenAiList],
    ];

    public List<string> Kills { get; } = [];

    public async Task RunAsync(int most, CancellationToken over)
    {
        while (Kills.Count < most && !over.IsCancellationRequested)
        {
            var routes = Moments[random.Next(Moments.Length)];
            var (left, silo, since) = (1 + random.Next(4), random.Next(cluster.Count), TimeProvider.System.GetUtcNow());
            if (await SeenAsync(entry => entry.At >= since && routes.Contains(entry.Route) && --left == 0, over) is not { } moment)
                continue;
            Kills.Add($"{moment.At:HH:mm:ss.fff} silo {silo} at {moment.Method} {moment.Path}");
            if (!await ReplaceAsync(silo))
                return;
        }
    }

    private async Task<bool> ReplaceAsync(int silo)
    {
        try
        {
            await cluster.ReplaceAsync(silo);
            return true;
        }
        catch (Exception failure) when (failure is TimeoutException or InvalidOperationException)
        {
            report.Failed($"A silo did not come back: {failure.Message}");
            return false;
        }
    }

    /// <summary>Null: such a request did not come in time.</summary>
    private async Task<JournalEntry?> SeenAsync(Func<JournalEntry, bool> match, CancellationToken over)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(over);
        patience.CancelAfter(Patience);
        try
        {
            return await provider.Journal.WhenAsync(match, patience.Token);
        }
        catch (OperationCanceledException) when (patience.IsCancellationRequested)
        {
            return null;
        }
    }
}
