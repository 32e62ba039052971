using JobTracker.Batches;
using JobTracker.Grains.Sweeper;
using JobTracker.Silos;
using Orleans.Concurrency;

namespace JobTracker.Grains.Silos;

/// <summary>
/// Asks all silos at once, each by the membership that this silo knows, so that the answer is good while the database is away: that is when
/// it is read.
/// </summary>
[StatelessWorker, Reentrant]
internal sealed class ClusterReportGrain(SiloReporters reporters, IClusterMembershipService members, TimeProvider clock)
    : Grain, IClusterReportGrain
{
    /// <summary>How long one is waited for.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<ClusterReport> ReportAsync()
    {
        var all = members.CurrentSnapshot.Members.Values;
        var silos = Task.WhenAll(all.Where(member => member.Status != SiloStatus.Dead)
            .OrderBy(member => member.SiloAddress.ToString(), StringComparer.Ordinal).Select(AskAsync));
        var poller = HearAsync(GrainFactory.GetGrain<IBatchPollerGrain>(IBatchPollerGrain.Key).GetAsync());
        var sweeper = HearAsync(GrainFactory.GetGrain<IJobSweeperGrain>(IJobSweeperGrain.Key).GetAsync());
        return new ClusterReport(
            clock.GetUtcNow(), [.. await silos], all.Count(member => member.Status == SiloStatus.Dead), await poller, await sweeper);
    }

    private async Task<SiloReport> AskAsync(ClusterMember member)
    {
        var load = HearAsync(GrainFactory.GetGrain<IManagementGrain>(0).GetRuntimeStatistics([member.SiloAddress]));
        var facts = HearAsync(reporters.AskAsync(member.SiloAddress));
        return new SiloReport(
            member.SiloAddress.ToString(), member.Name, WordOf(member.Status), await load is [var figures, ..] ? LoadOf(figures) : null,
            await facts);
    }

    private static SiloLoad LoadOf(SiloRuntimeStatistics figures) => new(
        figures.ActivationCount,
        figures.ClientCount,
        Math.Round(figures.EnvironmentStatistics.FilteredCpuUsagePercentage, 1),
        figures.EnvironmentStatistics.MaximumAvailableMemoryBytes,
        figures.IsOverloaded);

    private static string WordOf(SiloStatus status) => status switch
    {
        SiloStatus.ShuttingDown => "shutting_down",
        _ => status.ToString().ToLowerInvariant(),
    };

    /// <summary>Null: there was no answer, whyever; the report says so.</summary>
    private async Task<T?> HearAsync<T>(Task<T> answer)
        where T : class
    {
        try
        {
            return await answer.WaitAsync(Patience, clock);
        }
        catch (Exception)
        {
            return null;
        }
    }
}
