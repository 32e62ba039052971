using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Grains.Batches.Life;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;
using ProviderBatch = JobTracker.Tests.StandIn.Batches.ProviderBatch;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>
/// A create whose answer was lost makes one batch, however late the
/// provider is and whatever its list leaves out; and it is never another's.
/// </summary>
public sealed class LostCreateTests(BatchClusterFixture fixture) : IClassFixture<BatchClusterFixture>, IDisposable
{
    private const int MostLooks = 100;

    private BatchCluster Cluster => fixture.Cluster;

    private Caller Bob { get; } = new("org-of-bob", "bob");

    public void Dispose() => Cluster.StandIn.Faults.Clear();

    [Theory]
    [InlineData(BatchCluster.Anthropic)]
    [InlineData(BatchCluster.OpenAi)]
    public async Task A_create_that_was_slow_is_looked_for_as_long_as_a_quick_one(string provider)
    {
        var (create, list, creates) = (Create(provider), List(provider), Cluster.StandIn.Journal.Creates);
        Cluster.StandIn.Faults.Arm(create, FaultKind.HangMidBody);
        Cluster.StandIn.Faults.Arm(list, new Fault(FaultKind.LaggingList) { Delay = TimeSpan.FromMinutes(3) }, times: int.MaxValue);
        var made = await MadeAsync(() => Cluster.SubmitAsync(provider, "a", "b"));
        Cluster.Clock.Advance(TimeSpan.FromSeconds(135));
        made.There.End();

        var polling = await Cluster.UntilPollingAsync(made.Batch.Id);

        Assert.Equal((made.There.Id, 1), (polling.ProviderBatchId, Cluster.StandIn.Journal.Creates - creates));
    }

    [Theory]
    [InlineData(BatchCluster.Anthropic)]
    [InlineData(BatchCluster.OpenAi)]
    public async Task A_create_that_is_carried_out_long_after_its_connection_broke_makes_one_batch(string provider)
    {
        var creates = Cluster.StandIn.Journal.Creates;
        Cluster.StandIn.Faults.Arm(Create(provider), new Fault(FaultKind.CarriedOutLate) { Delay = TimeSpan.FromMinutes(25) });
        var made = await MadeAsync(() => Cluster.SubmitAsync(provider, "a", "b"));

        await Cluster.UntilAsync(made.Batch.Id, _ => Cluster.Clock.GetUtcNow() > made.There.Progress.CreatedAt);
        made.There.End();
        var polling = await Cluster.UntilPollingAsync(made.Batch.Id);

        Assert.Equal((made.There.Id, 1), (polling.ProviderBatchId, Cluster.StandIn.Journal.Creates - creates));
    }

    [Theory]
    [InlineData(BatchCluster.Anthropic)]
    [InlineData(BatchCluster.OpenAi)]
    public async Task A_create_that_made_nothing_is_sent_again_after_half_an_hour_by_whoever_has_the_batch_then(string provider)
    {
        var creates = Cluster.StandIn.Journal.Creates;
        Cluster.StandIn.Faults.Arm(Create(provider), FaultKind.InternalError);
        var batch = await Cluster.SubmitAsync(provider, "a");
        await Cluster.WakeAsync(batch.Id);
        var lostAt = (await StoredAsync(batch.Id)).Attempt.LostAt!.Value;

        await Cluster.UntilAsync(batch.Id, _ => Cluster.Clock.GetUtcNow() >= lostAt.AddMinutes(30));
        var firstMissedAt = (await StoredAsync(batch.Id)).Attempt.FirstMissedAt;
        await Cluster.Jobs.Orleans.DeactivateAsync(Cluster.Batch(batch.Id));
        Assert.Equal((firstMissedAt, 1), ((await StoredAsync(batch.Id)).Attempt.FirstMissedAt, Cluster.StandIn.Journal.Creates - creates));
        await Cluster.UntilPollingAsync(batch.Id);

        Assert.NotNull(firstMissedAt);
        Assert.InRange(
            Cluster.StandIn.Batches.All[^1].Progress.CreatedAt - firstMissedAt.Value, TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(1.5));
        Assert.Equal(2, Cluster.StandIn.Journal.Creates - creates);
    }

    [Theory]
    [InlineData(BatchCluster.OpenAi, FaultKind.NullMetadata)]
    [InlineData(BatchCluster.OpenAi, FaultKind.OddEntries)]
    [InlineData(BatchCluster.Anthropic, FaultKind.OddEntries)]
    public async Task An_odd_list_does_not_hide_the_batch(string provider, FaultKind kind)
    {
        var creates = Cluster.StandIn.Journal.Creates;
        Cluster.StandIn.Faults.Arm(Create(provider), FaultKind.LostAnswer);
        Cluster.StandIn.Faults.Arm(List(provider), kind, int.MaxValue);
        var made = await MadeAsync(() => Cluster.SubmitAsync(provider, "a", "b"));
        made.There.End();

        var polling = await Cluster.UntilPollingAsync(made.Batch.Id);

        Assert.Equal((made.There.Id, 1), (polling.ProviderBatchId, Cluster.StandIn.Journal.Creates - creates));
    }

    [Fact]
    public async Task A_batch_that_shows_no_mark_is_no_absence_and_needs_a_human()
    {
        var creates = Cluster.StandIn.Journal.Creates;
        Cluster.StandIn.Faults.Arm(StandInRoute.OpenAiCreate, FaultKind.LostAnswer);
        Cluster.StandIn.Faults.Arm(StandInRoute.OpenAiList, FaultKind.NoMarks, int.MaxValue);
        var made = await MadeAsync(() => Cluster.SubmitAsync(BatchCluster.OpenAi, "a", "b"));

        var lost = await Cluster.UntilAsync(made.Batch.Id, _ => Cluster.Clock.GetUtcNow() > made.There.Progress.CreatedAt.AddHours(2));
        Assert.Equal((BatchPhase.SubmissionUnknown, true), (lost.Phase, lost.NeedsAttention));
        Assert.Contains(made.There.Id, lost.LastPollError, StringComparison.Ordinal);
        Cluster.StandIn.Faults.Clear();
        var polling = await Cluster.UntilPollingAsync(made.Batch.Id);

        Assert.Equal(
            (made.There.Id, 1, false), (polling.ProviderBatchId, Cluster.StandIn.Journal.Creates - creates, polling.NeedsAttention));
    }

    [Fact]
    public async Task A_file_that_is_still_processed_is_tried_again_soon_and_uploaded_once()
    {
        var (began, uploads, creates) =
            (Cluster.Clock.GetUtcNow(), Cluster.StandIn.Journal.Count(StandInRoute.OpenAiUpload), Cluster.StandIn.Journal.Creates);
        Cluster.StandIn.Faults.Arm(StandInRoute.OpenAiCreate, FaultKind.Conflict, times: 3);
        var batch = await Cluster.SubmitAsync(BatchCluster.OpenAi, "a");

        var polling = await Cluster.UntilPollingAsync(batch.Id);

        Assert.Equal(
            (1, 4), (Cluster.StandIn.Journal.Count(StandInRoute.OpenAiUpload) - uploads, Cluster.StandIn.Journal.Creates - creates));
        Assert.InRange(Cluster.Clock.GetUtcNow() - began, TimeSpan.Zero, TimeSpan.FromMinutes(2));
        Assert.False(polling.NeedsAttention);
    }

    [Fact]
    public async Task No_organization_gets_what_may_be_anothers()
    {
        var creates = Cluster.StandIn.Journal.Creates;
        Cluster.StandIn.Faults.Arm(StandInRoute.AnthropicCreate, FaultKind.InternalError);
        var refused = await Cluster.SubmitAsync(BatchCluster.Anthropic, "1", "2", "3");
        await Cluster.WakeAsync(refused.Id);
        Cluster.StandIn.Faults.Arm(StandInRoute.AnthropicCreate, FaultKind.LostAnswer);
        var made = await MadeAsync(
            () =>
                Cluster.SubmitAsync(
                    BatchCluster.Anthropic, [BatchCluster.Item("1"), BatchCluster.Item("2"), BatchCluster.Item("3")], caller: Bob));
        while (await Cluster.Batch(made.Batch.Id).WakeAsync() is BatchWake.Working)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        made.There.End();

        var unclear = await Cluster.UntilAsync(refused.Id, _ => Cluster.Clock.GetUtcNow() > made.There.Progress.CreatedAt.AddHours(2));
        Assert.Equal(
            (BatchPhase.SubmissionUnknown, true, 2), (unclear.Phase, unclear.NeedsAttention, Cluster.StandIn.Journal.Creates - creates));
        Assert.DoesNotContain(made.There.Id, unclear.LastPollError, StringComparison.Ordinal);
        foreach (var caller in (Caller[])[Cluster.Alice, Bob, new("org-of-eve", "eve")])
        {
            var adopted = await Cluster.NewBatch()
                .AdoptAsync(caller, new AdoptBatch { Provider = BatchCluster.Anthropic, ProviderBatchId = made.There.Id });
            BatchCluster.Refused<BatchRefusal.NotAtProvider>(adopted);
        }

        BatchCluster.Accepted(await Cluster.Batch(made.Batch.Id).SettleAsync(Bob, made.There.Id));
        var sentAgain = await Cluster.UntilPollingAsync(refused.Id);
        Assert.Equal(
            (made.There.Id, 3), ((await StoredAsync(made.Batch.Id)).Snapshot.ProviderBatchId, Cluster.StandIn.Journal.Creates - creates));
        Assert.NotEqual(made.There.Id, sentAgain.ProviderBatchId);
    }

    [Fact]
    public async Task Creates_that_were_lost_together_are_told_apart_by_their_custom_ids()
    {
        Cluster.StandIn.Faults.Arm(StandInRoute.AnthropicCreate, FaultKind.LostAnswer, times: 2);
        var first = await MadeAsync(() => Cluster.SubmitAsync(BatchCluster.Anthropic, "a", "b"));
        var second = await MadeAsync(
            () => Cluster.SubmitAsync(BatchCluster.Anthropic, [BatchCluster.Item("a"), BatchCluster.Item("c")], caller: Bob));
        first.There.End();
        second.There.End();

        Assert.Equal(first.There.Id, (await Cluster.UntilPollingAsync(first.Batch.Id)).ProviderBatchId);
        for (var look = 0; look < MostLooks && (await StoredAsync(second.Batch.Id)).Snapshot.Phase is not BatchPhase.Polling; look++)
            await LookAsync(second.Batch.Id);
        Assert.Equal(second.There.Id, (await StoredAsync(second.Batch.Id)).Snapshot.ProviderBatchId);
    }

    private async Task LookAsync(BatchId id)
    {
        TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        var wait = (await StoredAsync(id)).Snapshot.NextPollAt!.Value - Cluster.Clock.GetUtcNow();
        if (wait > TimeSpan.Zero)
            Cluster.Clock.Advance(wait + TimeSpan.FromMilliseconds(1));
        await Cluster.Batch(id).WakeAsync();
    }

    private async Task<(BatchSnapshot Batch, ProviderBatch There)> MadeAsync(Func<Task<BatchSnapshot>> submit)
    {
        var before = Cluster.StandIn.Batches.All.Count;
        var batch = await submit();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (Cluster.StandIn.Batches.All.Count == before)
        {
            patience.Token.ThrowIfCancellationRequested();
            await StoredAsync(batch.Id);
        }
        return (batch, Cluster.StandIn.Batches[before]);
    }

    private async Task<Batch> StoredAsync(BatchId id)
    {
        TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        return (await Cluster.Store.ReadAsync(id, default))!;
    }

    private static StandInRoute Create(string provider) =>
        provider == BatchCluster.OpenAi ? StandInRoute.OpenAiCreate : StandInRoute.AnthropicCreate;

    private static StandInRoute List(string provider) =>
        provider == BatchCluster.OpenAi ? StandInRoute.OpenAiList : StandInRoute.AnthropicList;
}
