using System.Runtime.CompilerServices;
using System.Text;
using JobTracker.Batches;
using JobTracker.Client;
using JobTracker.Tests.Integration.Gateway.Batches;
using JobTracker.Tests.StandIn.Batches;
using Microsoft.Extensions.DependencyInjection;
using BatchPhase = JobTracker.Batches.BatchPhase;

namespace JobTracker.Tests.Integration.Client;

public sealed class BatchTrackerTests : IClassFixture<BatchHost>, IDisposable
{
    private static int _organizations;

    private readonly BatchHost _host;
    private readonly ServiceProvider _services;
    private readonly IBatchTracker _batches;
    private readonly IJobTracker _jobs;

    public BatchTrackerTests(BatchHost host)
    {
        _host = host;
        _services = NewServices();
        _batches = _services.GetRequiredService<IBatchTracker>();
        _jobs = _services.GetRequiredService<IJobTracker>();
    }

    public void Dispose() => _services.Dispose();

    [Fact]
    public async Task A_batch_of_many_chunks_is_made_waited_for_and_read()
    {
        var made = await _batches.CreateAsync(new CreateBatch { Provider = BatchHost.Anthropic }, ItemsAsync(2_500));
        var provider = await AtProviderAsync(made);
        provider.Decide("i0007", ItemOutcome.Fails());
        Assert.IsType<BatchWait.TimedOut>(await _batches.WaitForCompletionAsync(made.Id, TimeSpan.Zero));
        provider.End();

        var ended = Assert.IsType<BatchWait.Ended>(await _batches.WaitForCompletionAsync(made.Id, TimeSpan.FromMinutes(1))).Batch;
        Assert.Equal((BatchStatus.Completed, new BatchCounts(2_500, 0, 2_499, 1)), (ended.Status, ended.Counts));
        Assert.Equal(2_500, await _batches.ReadResultsAsync(made.Id).CountAsync());
        Assert.Equal(["i0007"], await _batches.ListItemsAsync(made.Id, new ItemQuery { Statuses = [ItemStatus.Failed] })
            .Select(item => item.CustomId).ToListAsync());
        Assert.Equal(2_500, await _batches.ListItemsAsync(made.Id, new ItemQuery { Limit = 1_000 }).CountAsync());
        Assert.NotNull((await _batches.GetItemAsync(made.Id, "i0001"))!.Result);
    }

    [Fact]
    public async Task Results_of_an_attempt_that_is_over_do_not_end_as_if_they_were_whole()
    {
        var made = await _batches.CreateAsync(new CreateBatch { Provider = BatchHost.Anthropic }, ItemsAsync(50));
        var provider = await AtProviderAsync(made);
        provider.PaddingBytes = 100_000;
        provider.Decide("i0049", ItemOutcome.Fails());
        provider.End();
        await DoneAsync(made.Id);

        await Assert.ThrowsAsync<BatchRefusedException>(async () =>
        {
            var lines = 0;
            await foreach (var line in _batches.ReadResultsAsync(made.Id))
            {
                if (lines++ == 0)
                    await _batches.ResubmitFailedAsync(made.Id);
            }
        });
    }

    [Fact]
    public async Task A_batch_is_deleted_once_it_is_done()
    {
        var made = await _batches.CreateAsync(new CreateBatch { Provider = BatchHost.Anthropic }, ItemsAsync(1));
        var provider = await AtProviderAsync(made);
        var early = await Assert.ThrowsAsync<BatchRefusedException>(() => _batches.DeleteAsync(made.Id));
        Assert.IsType<BatchRefusal.NotEnded>(early.Reason);
        var job = await Assert.ThrowsAsync<JobRefusedException>(() => _jobs.CancelAsync(made.JobId));
        Assert.Equal(made.Id, Assert.IsType<JobTracker.Jobs.Refusal.JobFollowsBatch>(job.Reason).Batch);
        Assert.Empty(await _batches.ReadQuarantineAsync(made.Id).ToListAsync());
        provider.End();
        await _batches.WaitForCompletionAsync(made.Id, TimeSpan.FromMinutes(1));
        while ((await _batches.RefreshAsync(made.Id)).Phase is not BatchPhase.Done)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();

        Assert.Equal(made.Id, (await _batches.DeleteAsync(made.Id))!.Id);
        Assert.Null(await _batches.DeleteAsync(made.Id));
    }

    [Fact]
    public async Task A_refused_create_says_why_and_leaves_nothing()
    {
        Assert.Equal(
            "provider", Refusal<BatchRefusal.InvalidField>(await MakeAsync(new CreateBatch { Provider = "nobody" }, ItemsAsync(1))).Field);
        Assert.Equal("i0000", Refusal<BatchRefusal.DuplicateCustomId>(
            await MakeAsync(new CreateBatch { Provider = BatchHost.Anthropic }, ItemsAsync(1).Concat(ItemsAsync(1)))).CustomId);
        await Assert.ThrowsAsync<NotSupportedException>(
            () => _batches.CreateAsync(new CreateBatch { Provider = BatchHost.Anthropic }, Broken()));
        Assert.Empty(await _batches.ListAsync(new BatchQuery()).ToListAsync());
    }

    [Fact]
    public async Task One_key_makes_one_batch()
    {
        var command = new CreateBatch { Provider = BatchHost.Anthropic, IdempotencyKey = "k" };
        var first = await _batches.CreateAsync(command, ItemsAsync(3));

        Assert.Equal(first.Id, (await _batches.CreateAsync(command, ItemsAsync(3))).Id);
        Assert.IsType<BatchRefusal.IdempotencyKeyReused>((await MakeAsync(command, ItemsAsync(4))).Reason);
        Assert.Equal([first.Id], await _batches.ListAsync(new BatchQuery { Limit = 1 }).Select(batch => batch.Id).ToListAsync());
    }

    [Fact]
    public async Task What_failed_is_sent_again_and_waited_for_anew()
    {
        var made = await _batches.CreateAsync(new CreateBatch { Provider = BatchHost.Anthropic }, ItemsAsync(2));
        var first = await AtProviderAsync(made);
        first.Decide("i0001", ItemOutcome.Fails());
        Assert.IsType<BatchRefusal.NotEnded>(
            (await Assert.ThrowsAsync<BatchRefusedException>(() => _batches.ResubmitFailedAsync(made.Id))).Reason);
        await Assert.ThrowsAsync<BatchRefusedException>(() => _batches.ReadResultsAsync(made.Id).CountAsync().AsTask());
        first.End();
        await DoneAsync(made.Id);

        var again = await _batches.ResubmitFailedAsync(made.Id);
        Assert.Equal((made.Id, 2, false), (again.Id, again.Attempts, again.Status.IsTerminal));
        (await AtProviderAsync(again)).End();
        var ended = Assert.IsType<BatchWait.Ended>(await _batches.WaitForCompletionAsync(made.Id, TimeSpan.FromMinutes(1))).Batch;
        Assert.Equal(new BatchCounts(2, 0, 2), ended.Counts);
        await DoneAsync(made.Id);
        Assert.IsType<BatchRefusal.NothingToResubmit>(
            (await Assert.ThrowsAsync<BatchRefusedException>(() => _batches.ResubmitFailedAsync(made.Id))).Reason);
    }

    [Fact]
    public async Task A_batch_made_elsewhere_is_adopted_and_cancelled()
    {
        var elsewhere = _host.StandIn.Batches.Add(Dialect.Anthropic, "sk-secret-of-claude", ["x", "y"]);
        var command = new AdoptBatch { Provider = BatchHost.Anthropic, ProviderBatchId = elsewhere.Id };
        var adopted = await _batches.AdoptAsync(command);
        Assert.Equal(adopted.Id, (await _batches.AdoptAsync(command)).Id);
        elsewhere.FinishFirst(1);

        Assert.NotNull((await _batches.CancelAsync(adopted.Id)).CancelRequestedAt);
        var ended = Assert.IsType<BatchWait.Ended>(await _batches.WaitForCompletionAsync(adopted.Id, TimeSpan.FromMinutes(1))).Batch;
        Assert.Equal((BatchStatus.Cancelled, 1L), (ended.Status, ended.Counts.Completed));
    }

    [Fact]
    public async Task Another_organizations_batch_does_not_exist()
    {
        var made = await _batches.CreateAsync(new CreateBatch { Provider = BatchHost.Anthropic }, ItemsAsync(1));
        using var services = NewServices();
        var others = services.GetRequiredService<IBatchTracker>();

        Assert.Null(await others.GetAsync(made.Id));
        Assert.Null(await others.GetItemAsync(made.Id, "i0000"));
        Assert.IsType<BatchWait.NotFound>(await others.WaitForCompletionAsync(made.Id, TimeSpan.FromSeconds(1)));
        await Assert.ThrowsAsync<BatchNotFoundException>(() => others.CancelAsync(made.Id));
        await Assert.ThrowsAsync<BatchNotFoundException>(() => others.ListItemsAsync(made.Id, new ItemQuery()).CountAsync().AsTask());
        await Assert.ThrowsAsync<BatchNotFoundException>(() => others.ReadResultsAsync(made.Id).CountAsync().AsTask());
    }

    [Fact]
    public async Task The_guides_batch_is_made_and_read()
    {
        var telling = TellAsync(_batches);
        var made = await FirstAsync();
        var provider = _host.StandIn.Batches[made.ProviderBatchId!];
        provider.Decide("b", ItemOutcome.Fails());
        provider.End();

        Assert.Equal("Completed", await telling);

        async Task<BatchSnapshot> FirstAsync()
        {
            for (var looks = 0; looks < 10_000; looks++)
            {
                if (await _batches.ListAsync(new BatchQuery()).FirstOrDefaultAsync() is { ProviderBatchId: not null } made)
                    return made;
            }
            throw new InvalidOperationException("No batch came.");
        }
    }

    private static async Task<string> TellAsync(IBatchTracker batches)
    {
        var batch = await batches.CreateAsync(
            new CreateBatch { Provider = "claude", Metadata = """{"source_id": "nightly-7"}""" }, RequestsAsync());

        if (await batches.WaitForCompletionAsync(batch.Id, TimeSpan.FromMinutes(5)) is not BatchWait.Ended { Batch: var ended })
            return "later";

        await foreach (var item in batches.ListItemsAsync(ended.Id, new ItemQuery { Statuses = [ItemStatus.Failed] }))
            Console.WriteLine($"{item.CustomId}: {item.Error?.Message}");
        await foreach (var line in batches.ReadResultsAsync(ended.Id))
            Console.WriteLine(Encoding.UTF8.GetString(line.Span));
        return ended.Status.ToString();

        static IAsyncEnumerable<NewItem> RequestsAsync() => new[] { Item("a"), Item("b") }.ToAsyncEnumerable();
    }

    private async Task<BatchRefusedException> MakeAsync(CreateBatch command, IAsyncEnumerable<NewItem> items) =>
        await Assert.ThrowsAsync<BatchRefusedException>(() => _batches.CreateAsync(command, items));

    private static T Refusal<T>(BatchRefusedException refused)
        where T : BatchRefusal => Assert.IsType<T>(refused.Reason);

    /// <summary>Its job runs when the provider has it.</summary>
    private async Task<ProviderBatch> AtProviderAsync(BatchSnapshot batch)
    {
        await foreach (var job in _jobs.WatchAsync(batch.JobId))
        {
            if (job.Status == JobTracker.Jobs.JobStatus.Running)
                break;
        }
        return _host.StandIn.Batches[(await _batches.GetAsync(batch.Id))!.ProviderBatchId!];
    }

    private async Task DoneAsync(BatchId id)
    {
        await _batches.WaitForCompletionAsync(id, TimeSpan.FromMinutes(1));
        for (var looks = 0; (await _batches.RefreshAsync(id)).Phase is not BatchPhase.Done; looks++)
            Assert.True(looks < 1_000);
    }

    private ServiceProvider NewServices()
    {
        var services = new ServiceCollection();
        services.AddSingleton(_host.Gateway.Services.GetRequiredService<IGrainFactory>());
        services.AddJobTrackerClient(
            options => (options.OrganizationId, options.UserId) = ($"org-client-{Interlocked.Increment(ref _organizations)}", "user-1"));
        return services.BuildServiceProvider();
    }

    private static NewItem Item(string customId) => new()
    {
        CustomId = customId,
        Params = """{"model":"m","max_tokens":10,"messages":[{"role":"user","content":"Hello"}]}"""u8.ToArray(),
    };

    private static IAsyncEnumerable<NewItem> ItemsAsync(int count) =>
        Enumerable.Range(0, count).Select(number => Item($"i{number:0000}")).ToAsyncEnumerable();

    private static async IAsyncEnumerable<NewItem> Broken([EnumeratorCancellation] CancellationToken cancellation = default)
    {
        yield return Item("a");
        await Task.CompletedTask.WaitAsync(cancellation);
        throw new NotSupportedException("The source is broken.");
    }
}
