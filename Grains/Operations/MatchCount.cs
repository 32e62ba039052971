using System.Collections.Immutable;
using JobTracker.Callers;
using JobTracker.Jobs;
using JobTracker.Operations;

namespace JobTracker.Grains.Operations;

/// <summary>How many jobs a start would come to, by the very walk that it would take.</summary>
internal sealed class MatchCount(IGrainFactory grains, TimeProvider clock)
{
    private const int PageJobs = 1_000;

    /// <summary>Where a preview stops counting.</summary>
    private const int MostCounted = 10_000;

    private const int SampleJobs = 20;

    private static readonly TimeSpan LongestCount = TimeSpan.FromSeconds(2);

    public async Task<OperationPreview> PreviewAsync(Caller caller, StartOperation command, OperationId id)
    {
        var (began, matched, sample) = (clock.GetTimestamp(), 0L, ImmutableArray.CreateBuilder<JobSnapshot>());
        await foreach (var (jobs, isLast) in PagesAsync(caller, command, id))
        {
            sample.AddRange(jobs.Take(SampleJobs - sample.Count));
            matched += jobs.Length;
            if (!isLast && (matched >= MostCounted || clock.GetElapsedTime(began) > LongestCount))
                return new OperationPreview(matched, IsLowerBound: true, sample.ToImmutable());
        }
        return new OperationPreview(matched, IsLowerBound: false, sample.ToImmutable());
    }

    /// <summary>Counts to one more.</summary>
    public async Task<bool> ExceedsAsync(Caller caller, StartOperation command, OperationId id, int most)
    {
        if (command.Filter is null)
            return command.JobIds.Distinct().Count() > most;
        var matched = 0L;
        await foreach (var (jobs, _) in PagesAsync(caller, command, id))
        {
            matched += jobs.Length;
            if (matched > most)
                return true;
        }
        return false;
    }

    private async IAsyncEnumerable<(ImmutableArray<JobSnapshot> Jobs, bool IsLast)> PagesAsync(
        Caller caller, StartOperation command, OperationId id)
    {
        if (command.Filter is null)
        {
            var jobs = await Task.WhenAll(
                command.JobIds.Distinct().Select(job => grains.GetGrain<IJobGrain>(job.ToString()).GetAsync(caller)));
            yield return ([.. jobs.OfType<JobSnapshot>()], IsLast: true);
            yield break;
        }
        var operation = StartRules.Begin(id, caller, command, fingerprint: "");
        for (var rest = operation.NextPage(PageJobs); rest is not null;)
        {
            var page = await grains.GetGrain<IJobCatalogGrain>(0).ListAsync(caller, rest);
            rest = page.RestOf(rest);
            yield return (page.Jobs, IsLast: rest is null);
        }
    }
}
