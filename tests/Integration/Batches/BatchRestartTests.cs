using JobTracker.Batches;
using JobTracker.Grains.Batches;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;
using Microsoft.Extensions.DependencyInjection;
using static JobTracker.Tests.StandIn.Batches.ItemOutcome;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>What an activation leaves behind goes on in the next one; what fails behind the end is called again.</summary>
public sealed class BatchRestartTests
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_reading_that_breaks_off_goes_on_where_it_stood(bool onPostgres)
    {
        await using var cluster = await BatchCluster.StartAsync(onPostgres, settings: ("Batches:ChunkLines", "10"));
        var batch = await cluster.SubmitAsync(
            BatchCluster.Anthropic, [.. Enumerable.Range(0, 100).Select(number => BatchCluster.Item($"i-{number:000}"))]);
        await cluster.UntilPollingAsync(batch.Id);
        cluster.StandIn.Batches[0].End();
        cluster.StandIn.Faults.Arm(StandInRoute.AnthropicResults, new Fault(FaultKind.ResetMidLine) { AtLine = 55 });

        var broken = await cluster.UntilAsync(batch.Id, current => current is { Phase: BatchPhase.Ingesting, ConsecutiveFailures: 1 });
        Assert.Equal(54, broken.Counts.Completed);
        Assert.Equal(54, (await cluster.Store.ReadAsync(batch.Id, default))!.Attempt.Read.Single().Line);
        await cluster.Jobs.Orleans.DeactivateAsync(cluster.Batch(batch.Id));
        var done = await cluster.UntilDoneAsync(batch.Id);

        var stored = (await cluster.Store.ReadAsync(batch.Id, default))!;
        Assert.Equal((BatchStatus.Completed, 100, 0, 0, 1),
            (done.Status, (int)done.Counts.Completed, (int)stored.Attempt.Conflicts, (int)stored.Quarantined, stored.Attempt.Pass));
        Assert.Equal(2, cluster.StandIn.Journal.Count(StandInRoute.AnthropicResults));
    }

    [Fact]
    public async Task Counts_that_went_wrong_are_corrected_by_the_items_and_hold_up_nothing()
    {
        await using var cluster = await BatchCluster.StartAsync();
        var batch = await cluster.SubmitAsync(BatchCluster.Anthropic, "a", "b", "c");
        await cluster.UntilPollingAsync(batch.Id);
        await cluster.Jobs.Database.QueryAsync("update batches set state = json_set(state, '$.snapshot.counts.pending', 1)");
        await cluster.Jobs.Orleans.DeactivateAsync(cluster.Batch(batch.Id));
        cluster.StandIn.Batches[0].Decide("b", Vanishes);
        cluster.StandIn.Batches[0].End();

        var done = await cluster.UntilDoneAsync(batch.Id);

        Assert.Equal((BatchStatus.Completed, new BatchCounts(3, 0, 2, 1, 0, 0)), (done.Status, done.Counts));
    }

    [Fact]
    public async Task A_silo_that_goes_away_in_the_middle_of_a_create_makes_no_second_batch()
    {
        await using var cluster = await BatchCluster.StartAsync(
            settings: ($"Batches:Providers:{BatchCluster.Anthropic}:CreateTimeout", "00:05:00"));
        cluster.StandIn.Faults.Arm(StandInRoute.AnthropicCreate, FaultKind.HangMidBody);
        var batch = await cluster.SubmitAsync(BatchCluster.Anthropic, "a", "b");
        while (cluster.StandIn.Batches.All.Count == 0)
            Assert.Equal(BatchPhase.Submitting, (await cluster.Batch(batch.Id).GetAsync(cluster.Alice))!.Phase);

        await cluster.Jobs.Orleans.DeactivateAsync(cluster.Batch(batch.Id));
        foreach (var there in cluster.StandIn.Batches.All)
            there.End();
        var done = await cluster.UntilDoneAsync(batch.Id);

        Assert.Equal((BatchStatus.Completed, 2), (done.Status, (int)done.Counts.Completed));
        Assert.Equal((1, 1), (cluster.StandIn.Journal.Creates, cluster.StandIn.Batches.All.Count));
    }

    [Fact]
    public async Task Completion_handlers_run_until_each_has_succeeded_and_their_failures_show()
    {
        var (well, failing) = (new Recorded("well", failures: 0), new Recorded("failing", failures: 2));
        await using var cluster = await BatchCluster.StartAsync(configure: silo =>
            silo.Services.AddSingleton<IBatchCompletionHandler>(well).AddSingleton<IBatchCompletionHandler>(failing));
        var batch = await cluster.SubmitAsync(BatchCluster.Anthropic, "a");
        await cluster.UntilPollingAsync(batch.Id);
        cluster.StandIn.Batches[0].End();

        var failed = await cluster.UntilAsync(batch.Id, current => current.PostProcessingError is not null);
        Assert.Equal((BatchStatus.Completed, BatchPhase.PostProcessing), (failed.Status, failed.Phase));
        Assert.Contains("failing: not yet", failed.PostProcessingError, StringComparison.Ordinal);
        await cluster.Jobs.Orleans.DeactivateAsync(cluster.Batch(batch.Id));
        var done = await cluster.UntilDoneAsync(batch.Id);

        Assert.Null(done.PostProcessingError);
        Assert.Equal((1, 3), (well.Calls, failing.Calls));
    }

    private sealed class Recorded(string name, int failures) : IBatchCompletionHandler
    {
        public string Name => name;

        public int Calls { get; private set; }

        public Task HandleAsync(BatchCompletion completion, CancellationToken cancellation)
        {
            Assert.True(completion.Batch.Status.IsTerminal);
            return ++Calls <= failures ? throw new InvalidOperationException("not yet") : Task.CompletedTask;
        }
    }
}
