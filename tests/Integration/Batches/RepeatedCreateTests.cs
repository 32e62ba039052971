using JobTracker.Batches;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;
using JobTracker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>A create under a key that was used before, whose batch or whose provider has gone on since.</summary>
public sealed class RepeatedCreateTests : IAsyncLifetime
{
    private static readonly SubmitBatch Keyed = new() { ItemCount = 1, IdempotencyKey = "key", Fingerprint = "print" };

    private FaultyBatchStore _faults = null!;

    private BatchCluster Cluster { get; set; } = null!;

    public async ValueTask InitializeAsync() => Cluster = await BatchCluster.StartAsync(configure: silo =>
    {
        var real = (IBatchStore)silo.Services.Last(service => service.ServiceType == typeof(IBatchStore)).ImplementationInstance!;
        (var store, _faults) = FaultyBatchStore.Of(real);
        silo.Services.AddSingleton(store);
    });

    public ValueTask DisposeAsync() => Cluster.DisposeAsync();

    [Fact]
    public async Task A_key_whose_batch_is_deleted_while_it_is_submitted_again_makes_a_new_one()
    {
        var first = await DoneAsync();
        var draft = await DraftedAsync();
        var looksForTheHolder = _faults.Hold(nameof(IBatchStore.ReadAsync));
        var submitting = draft.SubmitAsync(Cluster.Alice, Keyed);
        await looksForTheHolder.Reached.Soon();
        await DeleteAsync(first);
        looksForTheHolder.Open();

        var made = BatchCluster.Accepted(await submitting.Soon());

        Assert.Equal(draft.GetPrimaryKeyString(), made.Id.ToString());
    }

    [Fact]
    public async Task A_key_whose_batch_is_deleted_while_it_is_adopted_again_makes_a_new_one()
    {
        var there = Cluster.StandIn.Batches.Add(Dialect.Anthropic, "sk-secret-of-claude", ["a"]);
        there.End();
        var adopt = Adoption(there.Id);
        var first = BatchCluster.Accepted(await Cluster.NewBatch().AdoptAsync(Cluster.Alice, adopt));
        await Cluster.UntilDoneAsync(first.Id);
        var second = Cluster.NewBatch();
        Assert.Null(await second.GetAsync(Cluster.Alice));
        var looksForTheHolder = _faults.Hold(nameof(IBatchStore.ReadAsync));
        var adopting = second.AdoptAsync(Cluster.Alice, adopt);
        await looksForTheHolder.Reached.Soon();
        await DeleteAsync(first.Id);
        looksForTheHolder.Open();

        Assert.Equal(second.GetPrimaryKeyString(), BatchCluster.Accepted(await adopting.Soon()).Id.ToString());
    }

    [Fact]
    public async Task A_repeated_adoption_answers_its_batch_although_the_provider_keeps_it_no_longer()
    {
        var there = Cluster.StandIn.Batches.Add(Dialect.Anthropic, "sk-secret-of-claude", ["a"]);
        there.End();
        var first = BatchCluster.Accepted(await Cluster.NewBatch().AdoptAsync(Cluster.Alice, Adoption(there.Id)));
        var done = await Cluster.UntilDoneAsync(first.Id);
        Cluster.StandIn.Faults.Arm(StandInRoute.AnthropicGet, FaultKind.NotFound, int.MaxValue, about: there.Id);

        var again = await Cluster.NewBatch().AdoptAsync(Cluster.Alice, Adoption(there.Id));

        Assert.Equal(done, Assert.IsType<BatchOutcome.AlreadyDone>(again).Batch);
        BatchCluster.Refused<BatchRefusal.NotAtProvider>(
            await Cluster.NewBatch().AdoptAsync(Cluster.Alice, Adoption("msgbatch_of_nobody") with { IdempotencyKey = "other" }));
        BatchCluster.Refused<BatchRefusal.IdempotencyKeyReused>(
            await Cluster.NewBatch().AdoptAsync(Cluster.Alice, Adoption(there.Id) with { Fingerprint = "other" }));
    }

    private static AdoptBatch Adoption(string id) =>
        new()
        {
            Provider = BatchCluster.Anthropic,
            ProviderBatchId = id,
            IdempotencyKey = Keyed.IdempotencyKey,
            Fingerprint = Keyed.Fingerprint
        };

    private async Task<IBatchGrain> DraftedAsync()
    {
        var grain = Cluster.NewBatch();
        BatchCluster.Accepted(await grain.BeginAsync(Cluster.Alice, BatchCluster.Begin(BatchCluster.Anthropic)));
        BatchCluster.Accepted(await grain.AddItemsAsync(Cluster.Alice, new ItemChunk(0, [BatchCluster.Item("a")])));
        return grain;
    }

    private async Task<BatchId> DoneAsync()
    {
        var batch = BatchCluster.Accepted(await (await DraftedAsync()).SubmitAsync(Cluster.Alice, Keyed));
        var polling = await Cluster.UntilPollingAsync(batch.Id);
        Cluster.StandIn.Batches[polling.ProviderBatchId!].End();
        return (await Cluster.UntilDoneAsync(batch.Id)).Id;
    }

    private async Task DeleteAsync(BatchId id)
    {
        BatchCluster.Accepted(await Cluster.Batch(id).DeleteAsync(Cluster.Alice));
        while (await Cluster.Batch(id).WakeAsync() is BatchWake.Working)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
    }
}
