using JobTracker.Batches;
using JobTracker.Grains.Batches;
using JobTracker.Grains.Batches.Options;
using JobTracker.Jobs;
using JobTracker.Tests.StandIn;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;
using JobTracker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>The poller drives batches by itself, at the pace of a test.</summary>
public sealed class BatchPollerTests
{
    private static readonly (string Key, string Value)[] Fast =
    [
        ("Batches:PollerInterval", "00:00:00.1"), ("Batches:NudgeInterval", "00:00:00.2"), ("Batches:PollFirst", "00:00:00.1"),
        ("Batches:PollMin", "00:00:00.5"),
        ("Batches:PollMax", "00:00:01"), ("Batches:PollBriefMin", "00:00:00.3"), ("Batches:PollBriefMax", "00:00:00.5"),
        ("Batches:BackoffMin", "00:00:00.5"), ("Batches:BackoffMax", "00:00:02"),
    ];

    [Fact]
    public async Task A_batch_is_followed_to_its_end_without_anybody_asking()
    {
        await using var cluster = await BatchCluster.StartAsync(configure: WithPoller, settings: Fast);
        var batch = await cluster.SubmitAsync(BatchCluster.Anthropic, "a", "b");
        await cluster.StandIn.Journal.WhenAsync(StandInRoute.AnthropicGet, TestContext.Current.CancellationToken).Soon();
        cluster.StandIn.Batches[0].End();

        var done = await DoneAsync(cluster, batch.Id);

        Assert.Equal((BatchStatus.Completed, 2), (done.Status, (int)done.Counts.Completed));
        var poller = await cluster.Jobs.Client.GetGrain<IBatchPollerGrain>(IBatchPollerGrain.Key).GetAsync();
        Assert.True(poller is { Cycles: > 0, Woken: > 0, Errors: 0, LastCycleAt: not null }, $"{poller}");
    }

    [Fact]
    public async Task A_batch_that_was_kept_for_long_enough_goes_without_anybody_asking()
    {
        await using var cluster = await BatchCluster.StartAsync(configure: silo =>
        {
            WithPoller(silo);
            silo.Services.Configure<BatchRetentionOptions>(retention => retention.Completed = TimeSpan.Zero);
        }, settings: Fast);
        var batch = await cluster.SubmitAsync(BatchCluster.Anthropic, "a");
        await cluster.StandIn.Journal.WhenAsync(StandInRoute.AnthropicGet, TestContext.Current.CancellationToken).Soon();
        cluster.StandIn.Batches[0].End();

        // The job is let go as the first thing, when nobody sees the batch any more.
        var job = cluster.Jobs.Job(batch.JobId);
        var version = 0L;
        while (await job.DeleteAsync(cluster.Alice, new DeleteJob()) is JobOutcome.Refused)
            version =
                (await job.WaitForChangeAsync(cluster.Alice, version, TimeSpan.FromSeconds(5), TestContext.Current.CancellationToken))!
                .Snapshots.LastOrDefault()?.Version ?? version;

        Assert.Null(await cluster.Batch(batch.Id).GetAsync(cluster.Alice));
    }

    [Fact]
    public async Task Two_hundred_batches_of_five_accounts_are_unaffected_by_the_two_that_refuse()
    {
        const int Each = 40;
        string[] accounts = ["bad-key", "overloaded", "one", "two", "three"];
        await using var standIn = await ProviderStandIn.StartAsync();
        (string, string)[] settings = [.. Fast, .. accounts.SelectMany(name => ((string, string)[])[
            ($"Batches:Providers:{name}:Dialect", "anthropic"), ($"Batches:Providers:{name}:BaseUrl", standIn.BaseUrl.AbsoluteUri),
            ($"Batches:Providers:{name}:ApiKey", $"sk-secret-of-{name}")])];
        await using var cluster = await BatchCluster.StartAsync(configure: WithPoller, settings: settings);
        standIn.Faults.Arm(StandInRoute.Any, FaultKind.Unauthorized, int.MaxValue, apiKey: "sk-secret-of-bad-key");
        standIn.Faults.Arm(StandInRoute.Any, FaultKind.Overloaded, int.MaxValue, apiKey: "sk-secret-of-overloaded");
        var theirs = accounts.SelectMany(name => Enumerable.Range(0, Each)
            .Select(_ => (Name: name, Batch: standIn.Batches.Add(Dialect.Anthropic, $"sk-secret-of-{name}", ["a"])))).ToList();

        var adopted = new List<(string Account, BatchId Id)>();
        foreach (var (name, there) in theirs)
        {
            var batch = BatchCluster.Accepted(
                await cluster.NewBatch().AdoptAsync(cluster.Alice, new AdoptBatch { Provider = name, ProviderBatchId = there.Id }));
            adopted.Add((name, batch.Id));
            there.End();
        }
        foreach (var (account, id) in adopted.Where(batch => batch.Account is "one" or "two" or "three"))
            Assert.Equal(BatchStatus.Completed, (await DoneAsync(cluster, id)).Status);

        foreach (var (account, id) in adopted.Where(batch => batch.Account is "bad-key" or "overloaded"))
        {
            var batch = (await cluster.Batch(id).GetAsync(cluster.Alice))!;
            Assert.Equal((BatchStatus.Pending, JobTracker.Batches.BatchPhase.Polling, account == "bad-key"),
                (batch.Status, batch.Phase, batch.NeedsAttention));
            Assert.NotNull(batch.LastPollError);
        }
        Assert.True(standIn.Journal.Entries.Count(entry => entry.ApiKey == "sk-secret-of-bad-key") <= Each * 3,
            "A bad key is not asked again for a quarter of an hour.");
    }

    /// <summary>Watched through the batch's job, which ends when the batch has.</summary>
    private static async Task<BatchSnapshot> DoneAsync(BatchCluster cluster, BatchId id)
    {
        var job = (await cluster.Batch(id).GetAsync(cluster.Alice))!.JobId;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var version = 0L;
        while (true)
        {
            var changes = (await cluster.Jobs.Job(job)
                .WaitForChangeAsync(cluster.Alice, version, TimeSpan.FromSeconds(5), patience.Token))!.Snapshots;
            if (!changes.IsEmpty && changes[^1].Status.IsTerminal)
                return (await cluster.Batch(id).GetAsync(cluster.Alice))!;
            if (!changes.IsEmpty)
                version = changes[^1].Version;
        }
    }

    private static void WithPoller(ISiloBuilder silo)
    {
        silo.UseInMemoryReminderService();
        silo.Services.AddSingleton<ILifecycleParticipant<ISiloLifecycle>>(
            provider => ActivatorUtilities.CreateInstance<BatchPollerKeeper>(provider));
    }
}
