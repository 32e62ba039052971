using System.Globalization;
using JobTracker.Tests.Processes.Faults.Checking;
using JobTracker.Tests.Processes.Faults.Load;

namespace JobTracker.Tests.Processes.Faults;

/// <summary>
/// A cluster under load to which one thing after another happens; afterwards its history is checked, and nothing else counts.
/// JOBTRACKER_FAULTS_SECONDS is how long (60), JOBTRACKER_FAULTS_SILOS of how many silos (2), JOBTRACKER_SEED draws the same faults and
/// commands again, though not to the millisecond. Where promises were broken the history is kept and named.
/// </summary>
[Collection("processes")]
public sealed class FaultsTests(ITestOutputHelper output)
{
    /// <summary>The suite's own run is drawn alike every time; whoever asks for another length draws a new one.</summary>
    private const int SuiteSeed = 11;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Of the run, at the end, when nothing is broken any more and all that is owed comes.</summary>
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(15);

    [Fact]
    public async Task Whatever_fails_every_promise_is_kept()
    {
        var seconds = Setting("JOBTRACKER_FAULTS_SECONDS");
        var seed = Setting("JOBTRACKER_SEED") ?? (seconds is null ? SuiteSeed : Random.Shared.Next());
        var silos = Setting("JOBTRACKER_FAULTS_SILOS") ?? 2;
        var folder = Directory.CreateTempSubdirectory("jobtracker-faults-");
        output.WriteLine($"JOBTRACKER_SEED={seed}, {silos} silos");
        await using var history = new HistoryFile(Path.Combine(folder.FullName, "history.jsonl"));
        await using var cluster = await FaultCluster.StartAsync(silos);
        await using var load = await FaultLoad.StartAsync(cluster.Address, history, seed);

        using (var trouble = new CancellationTokenSource(TimeSpan.FromSeconds(seconds ?? 60) - Calm, TimeProvider.System))
            await BreakAsync(cluster, seed, silos, history, trouble.Token);
        await cluster.RestAsync(Patience);
        await load.StopAsync();
        await ComeToRestAsync(cluster, history);
        await history.FlushAsync();

        HistoryLine[] lines = [.. HistoryFile.Read(history.Path)];
        var breaches = HistoryChecker.Check(lines);
        output.WriteLine(Summary(lines));
        Assert.True(
            breaches.Count == 0,
            $"JOBTRACKER_SEED={seed}: {breaches.Count} breaches, history in {history.Path}\n{string.Join('\n', breaches.Take(20))}\n{cluster.Story()}");
        folder.Delete(recursive: true);
    }

    private async Task BreakAsync(FaultCluster cluster, int seed, int silos, HistoryFile history, CancellationToken over)
    {
        foreach (var fault in Fault.Draw(new Random(seed), silos))
        {
            if (over.IsCancellationRequested)
                return;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{history.Now / 1000:0.0} s: {fault}"));
            await cluster.BreakAsync(fault, over);
            await Task.Delay(fault.Rest, TimeProvider.System, over).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }

    /// <summary>The last lists are taken until no callback is owed any more, which the checker decides, or patience ends.</summary>
    private static async Task ComeToRestAsync(FaultCluster cluster, HistoryFile history)
    {
        using var api = new RecordedApi("last", () => cluster.Address(0), history);
        try
        {
            await Polling.UntilAsync(Patience, async () =>
            {
                var list = await api.ListAsync(Asked.LastList);
                await api.CountAsync();
                await history.FlushAsync();
                return list.IsAcknowledged && !CallbackView.Breaches([.. HistoryFile.Read(history.Path)]).Any();
            }, () => "");
        }
        catch (TimeoutException)
        {
            // The checker says what is missing.
        }
    }

    private static string Summary(HistoryLine[] lines)
    {
        var asked = lines.Where(line => line.Asked is not Asked.Callback).ToList();
        var slowest = asked.Where(line => line.Asked is Asked.Create or Asked.Change or Asked.Read).Max(line => line.End - line.Begin);
        return string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {asked.Count} requests, {asked.Count(line => line.IsAcknowledged)} acknowledged, {asked.Count(line => line.IsRefused)} refused, {asked.Count(line => line.Answer is 0 or >= 500)} without a known outcome
            {lines.LastOrDefault(line => line.Asked is Asked.LastList)?.Jobs?.Count} jobs, {lines.Count(line => line.Asked is Asked.Callback)} callbacks, longest request {slowest / 1000:0.0} s
            answers: {string.Join(", ", asked.CountBy(line => line.Answer).OrderBy(count => count.Key).Select(count => $"{count.Value} x {count.Key}"))}
            """);
    }

    private static int? Setting(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
