using System.Globalization;
using JobTracker.Tests.StandIn;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes.BatchLives;

/// <summary>
/// Random lives of batches at providers that fail, in a cluster whose silos are killed, against a model of what must come out.
/// JOBTRACKER_BATCH_LIVES is their number, JOBTRACKER_SEED draws those of an earlier run again: the same lives, faults and kills, though
/// not to the millisecond.
/// </summary>
[Collection("processes")]
public sealed class BatchLivesTests(ITestOutputHelper output)
{
    private const int Accounts = 24;
    private const int LivesAKill = 7;

    /// <summary>
    /// The suite's own lives are the same in every run, so that a commit
    /// that passed passes again; whoever asks for a number draws new ones.
    /// </summary>
    private const int SuiteSeed = 1;

    private readonly Dictionary<string, LifeRun> _runs = [];

    [Fact]
    public async Task Whatever_providers_and_crashes_do_each_batch_is_made_once_and_every_paid_result_and_every_job_gets_its_end()
    {
        var seed = Setting("JOBTRACKER_SEED") ?? (Setting("JOBTRACKER_BATCH_LIVES") is null ? SuiteSeed : Random.Shared.Next());
        var lives = Setting("JOBTRACKER_BATCH_LIVES") ?? 7;
        Account[] accounts = [.. Enumerable.Range(0, Math.Min(Accounts, lives)).Select(number => new Account(number))];
        await using var provider = await ProviderStandIn.StartAsync(
            TimeProvider.System, cancellation: TestContext.Current.CancellationToken);
        var server = await PostgresServer.Shared;
        var database = server.ConnectionString(await server.CreateMigratedDatabaseAsync());
        await using var cluster = await LivesCluster.StartAsync(database, LivesSettings.For(accounts, provider));
        using var api = new LivesApi(cluster);

        var lanes = LifeDraw.Draw(seed, lives, accounts);
        foreach (var (account, lane) in accounts.Zip(lanes))
        {
            foreach (var episode in lane)
                foreach (var life in episode.Lives)
                    _runs[life.Name] = new LifeRun(life, episode, account, api, provider);
        }
        provider.Batches.Prepare = Made;

        var report = new LivesReport(seed);
        using var over = new CancellationTokenSource();
        var killer = new SiloKiller(cluster, provider, new Random(seed), report);
        var killing = killer.RunAsync(Math.Max(2, lives / LivesAKill), over.Token);
        await Task.WhenAll(accounts.Zip(lanes, (account, lane) => LeadAsync(account, lane, provider, report)));
        await over.CancelAsync();
        await killing;

        foreach (var fault in api.Faults)
            report.Failed($"The API answered 500: {fault}");
        foreach (var call in provider.Journal.Entries.Where(entry => entry.Elsewhere))
            report.Failed($"A URL out of an answer was dialled: {call.Path}");
        output.WriteLine(report.Summary(killer.Kills));
        Assert.True(report.IsClean, $"{report.Summary(killer.Kills)}\n\n{report.Verdicts()}\n\n{report.Stories()}\n\n{cluster.Story()}");
    }

    /// <summary>The episodes of one account, one after the other.</summary>
    private async Task LeadAsync(Account account, List<Episode> lane, ProviderStandIn provider, LivesReport report)
    {
        foreach (var episode in lane)
        {
            foreach (var fault in episode.Faults)
                provider.Faults.Arm(fault.Route, fault.Fault, fault.Times, account.Key);
            await Task.WhenAll(episode.Lives.Select(life => LeadAsync(episode, life, report)));
            provider.Faults.Disarm(account.Key);
        }
    }

    private async Task LeadAsync(Episode episode, Life life, LivesReport report)
    {
        try
        {
            var end = await _runs[life.Name].LeadAsync();
            report.Ended(episode, life, end, [.. LifeModel.Breaches(life, end, episode.MayBeUnclear)]);
        }
        catch (Exception failure)
        {
            report.Failed($"{life.Name} could not be led to its end: {failure}\n  drawn {episode}");
        }
    }

    private void Made(ProviderBatch batch) => _runs[batch.Items[0].Model!].Made(batch);

    private static int? Setting(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } text ? int.Parse(text, CultureInfo.InvariantCulture) : null;
}
