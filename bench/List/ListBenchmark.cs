using System.Globalization;
using JobTracker.Grains.Storage;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Tests.Support;

namespace JobTracker.Bench.List;

/// <summary>
/// Every list query and the counts, in a table of 20,000 jobs and in one a hundred times as large, in turns: what a page costs must not
/// depend on how many jobs there are.
/// </summary>
internal static class ListBenchmark
{
    private const int WarmUp = 20;

    public static async Task RunAsync(BenchOptions options)
    {
        var (few, many, times) = (options.Get("few-jobs", 20_000), options.Get("jobs", 2_000_000), options.Get("times", 200));
        await using var server = await PostgresServer.StartAsync();
        await using var small = await ListFill.NewAsync(server, few);
        await using var large = await ListFill.NewAsync(server, many);

        var ratios = new List<(string Name, double Ratio)>();
        foreach (var (inFew, inMany) in ListQueries.For(few).Zip(ListQueries.For(many)))
            ratios.Add(await CompareAsync(inFew.Name, times, () => PageAsync(small.Store, inFew), () => PageAsync(large.Store, inMany)));
        ratios.Add(await CompareAsync("stats", times, () => CountAsync(small.Store), () => CountAsync(large.Store)));

        foreach (var (name, query) in ListQueries.Pairs)
            Figures.Figure($"list_pair_{name}_p99", await PairAsync(times, large.Store, (name, query)), "ms");

        foreach (var (name, ratio) in ratios)
            Figures.Ratio($"list_{name}", ratio);
        var worst = ratios.MaxBy(entry => entry.Ratio);
        Console.WriteLine($"worst: {worst.Name}");
        Figures.Ratio("list_worst", worst.Ratio);
    }

    private static async Task<(string Name, double Ratio)> CompareAsync(string name, int times, Func<Task> onFew, Func<Task> onMany)
    {
        var (few, many) = (new List<double>(times), new List<double>(times));
        for (var i = -WarmUp; i < times; i++)
        {
            var (inFew, inMany) = (await TimeAsync(onFew), await TimeAsync(onMany));
            if (i < 0)
                continue;
            few.Add(inFew);
            many.Add(inMany);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-18} few: p50 {few.Percentile(50),7:0.000} p99 {few.Percentile(99),7:0.000} ms   many: p50 {many.Percentile(50),7:0.000} p99 {many.Percentile(99),7:0.000} ms"));
        Figures.Figure($"list_{name}_p50", many.Percentile(50), "ms");
        Figures.Figure($"list_{name}_p99", many.Percentile(99), "ms");
        return (name, many.Percentile(99) / few.Percentile(99));
    }

    private static async Task<double> PairAsync(int times, IJobStore store, (string Name, JobTracker.Jobs.JobQuery Query) pair)
    {
        var taken = new List<double>(times);
        for (var i = -WarmUp; i < times; i++)
        {
            var time = await TimeAsync(() => PageAsync(store, pair));
            if (i >= 0)
                taken.Add(time);
        }

        return taken.Percentile(99);
    }

    private static async Task<double> TimeAsync(Func<Task> query)
    {
        var start = TimeProvider.System.GetTimestamp();
        await query();
        return TimeProvider.System.GetElapsedTime(start).TotalMilliseconds;
    }

    private static async Task PageAsync(IJobStore store, (string Name, JobTracker.Jobs.JobQuery Query) list)
    {
        var page = await store.ListAsync(list.Query, new PageLimits(8 << 20, 10_000), CancellationToken.None);
        if (page.Jobs.Length != list.Query.Limit && page.Reached is null)
            throw new InvalidOperationException($"{list.Name} lists {page.Jobs.Length} jobs instead of a full page.");
    }

    private static async Task CountAsync(IJobStore store)
    {
        var counts = await store.CountAsync(ListFill.Organization, CancellationToken.None);
        if (counts.ByStatusAndType.IsEmpty)
            throw new InvalidOperationException("There are no counts.");
    }
}
