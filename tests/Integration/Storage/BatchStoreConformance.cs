using System.Text;
using System.Text.Json;
using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Jobs;
using JobTracker.Tests.Support;
using JobTracker.Tests.Support.StoredBatches;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>What both databases promise about batches and their guards. Items and results are in .Items.</summary>
public abstract partial class BatchStoreConformance(JobDatabaseFixture fixture)
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);
    private static readonly JsonSerializerOptions Fields = new() { IncludeFields = true };
    private readonly string _organization = JobRows.NewOrganization();

    private IBatchStore Store => fixture.Database.Batches;

    [Fact]
    public async Task A_batch_comes_back_as_it_was_stored()
    {
        var batch = await InsertedAsync();
        var everything = batch with
        {
            Snapshot = batch.Snapshot with
            {
                Status = BatchStatus.Running,
                RawStatus = "\u0001 ü 🚀",
                Metadata = """{"a":"\u0000"}""",
                LastAttemptAt = Now.AddTicks(10),
                Version = 2
            },
            CallbackEvents = [JobStatus.Expired],
            Attempt = batch.Attempt with
            {
                Ended = new ProviderBatch
                {
                    Id = "b_1",
                    Stage = ProviderStage.Ended,
                    RawStatus = "ended",
                    End = ProviderEnd.Expired,
                    Files = [new ResultFile(1, "error file", "f2")],
                    Faults = [new ProviderFault("c", "m", 7)]
                },
                Read = [new FileProgress("f2", 99, 98, 97, Fault: "It was cut.", Cut: true)],
                Verdict = BatchVerdict.Gone,
                Handled = ["one"],
            },
        };
        Assert.IsType<BatchWriteResult.Stored>(await Store.UpdateAsync(everything, expected: 1, default));

        Assert.Equal(Text(everything), Text(await Store.ReadAsync(batch.Id, default)));
    }

    [Fact]
    public async Task A_batch_that_was_stored_before_attempts_were_objects_comes_back_whole()
    {
        foreach (var name in StoredBatch.Names)
        {
            var (batch, stored) = (await InsertedAsync(), StoredBatch.Read(name));
            await fixture.Database.QueryAsync($"update batches set state = '{stored}' where id = '{batch.Id.Value}'");

            var written = BatchJson.Of((await Store.ReadAsync(batch.Id, default))!);

            Assert.True(StoredBatch.IsSame(stored, written), written);
        }
    }

    [Fact]
    public async Task A_call_that_is_cancelled_is_no_refusal_of_the_database()
    {
        var batch = await InsertedAsync();
        var cancelled = new CancellationToken(canceled: true);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.ReadAsync(batch.Id, cancelled));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Store.UpdateAsync(batch.PollNow(Now), expected: 1, cancelled));

        Assert.Equal(Text(batch), Text(await Store.ReadAsync(batch.Id, default)));
    }

    [Fact]
    public async Task A_change_from_an_old_version_is_stale_and_changes_nothing()
    {
        var batch = await InsertedAsync();
        await Store.UpdateAsync(batch.PollNow(Now), expected: 1, default);

        Assert.IsType<BatchWriteResult.Stale>(await Store.UpdateAsync(batch.Cancel(Now), expected: 1, default));
        Assert.IsType<BatchWriteResult.Stale>(await Store.InsertAsync(batch, default));
        Assert.Null((await Store.ReadAsync(batch.Id, default))!.Snapshot.CancelRequestedAt);
    }

    [Fact]
    public async Task One_organization_has_a_key_once_and_another_one_too()
    {
        var submit = new SubmitBatch { ItemCount = 0, IdempotencyKey = "key", Fingerprint = "f" };
        var first = await InsertedAsync();
        var second = await InsertedAsync();
        var stranger = New(JobRows.NewOrganization());
        await Store.InsertAsync(stranger, default);
        Assert.IsType<BatchWriteResult.Stored>(await Store.UpdateAsync(first.Submit(submit, Now), expected: 1, default));

        Assert.Equal(
            new BatchWriteResult.KeyTaken(first.Id, "f"), await Store.UpdateAsync(second.Submit(submit, Now), expected: 1, default));
        Assert.Equal(
            new BatchWriteResult.KeyTaken(first.Id, "f"), await Store.InsertAsync(New(_organization).Submit(submit, Now), default));
        Assert.IsType<BatchWriteResult.Stored>(await Store.UpdateAsync(stranger.Submit(submit, Now), expected: 1, default));
    }

    [Fact]
    public async Task A_provider_batch_belongs_to_one_batch_in_all_its_attempts()
    {
        var providerBatchId = $"pb_{Guid.CreateVersion7():N}";
        var first = Polling(await InsertedAsync(), providerBatchId);
        Assert.IsType<BatchWriteResult.Stored>(await Store.UpdateAsync(first, expected: 1, default));
        Assert.IsType<BatchWriteResult.Stored>(
            await Store.UpdateAsync(first with { Snapshot = first.Snapshot with { ProviderBatchId = null } }, expected: 2, default));

        var other = Polling(await InsertedAsync(), providerBatchId);
        Assert.Equal(
            new BatchWriteResult.ProviderBatchTaken(first.Id, _organization), await Store.UpdateAsync(other, expected: 1, default));
        Assert.Equal(1, (await Store.ReadAsync(other.Id, default))!.Snapshot.Version);
        Assert.True(await Store.IsTakenAsync("main", providerBatchId, default));
        Assert.False(await Store.IsTakenAsync("other", providerBatchId, default));
    }

    [Fact]
    public async Task A_lease_is_one_holders_until_it_runs_out_or_is_given_back()
    {
        var batch = await InsertedAsync();
        var mine = new BatchLease(batch.Id, Guid.CreateVersion7(), Now.AddSeconds(30));
        var theirs = mine with { Holder = Guid.CreateVersion7() };

        Assert.False(await Store.TakeLeaseAsync(mine, version: 2, Now, default));
        Assert.True(await Store.TakeLeaseAsync(mine, version: 1, Now, default));
        Assert.False(await Store.TakeLeaseAsync(theirs, version: 1, Now.AddSeconds(29), default));
        Assert.True(await Store.RenewLeaseAsync(mine with { Until = Now.AddSeconds(60) }, default));
        Assert.False(await Store.TakeLeaseAsync(theirs, version: 1, Now.AddSeconds(59), default));
        Assert.True(await Store.TakeLeaseAsync(theirs with { Until = Now.AddSeconds(90) }, version: 1, Now.AddSeconds(60), default));
        Assert.False(await Store.RenewLeaseAsync(mine, default));
        await Store.ReleaseLeaseAsync(mine, default);
        Assert.False(await Store.TakeLeaseAsync(mine, version: 1, Now.AddSeconds(61), default));
        await Store.ReleaseLeaseAsync(theirs, default);
        Assert.True(await Store.TakeLeaseAsync(mine, version: 1, Now.AddSeconds(61), default));
    }

    [Fact]
    public async Task What_is_due_is_told_by_account_those_that_wait_longest_first_and_not_while_it_is_worked_on()
    {
        var account = $"account-{Guid.CreateVersion7():N}";
        List<Batch> batches = [];
        foreach (var minute in (int[])[3, 1, 2, 9])
        {
            var batch = New(_organization);
            batch = batch with { Snapshot = batch.Snapshot with { Provider = account, NextPollAt = Now.AddMinutes(minute) } };
            await Store.InsertAsync(batch, default);
            batches.Add(batch);
        }
        Assert.Equal([batches[1].Id, batches[2].Id, batches[0].Id], await DueAsync(10));
        Assert.Equal([batches[1].Id, batches[2].Id], await DueAsync(2));
        await Store.TakeLeaseAsync(new BatchLease(batches[1].Id, Guid.CreateVersion7(), Now.AddMinutes(6)), 1, Now, default);
        Assert.Equal([batches[2].Id, batches[0].Id], await DueAsync(10));

        async Task<BatchId[]> DueAsync(int limit) =>
            [.. (await Store.DueAsync(Now.AddMinutes(5), limit, default)).Where(due => due.Provider == account).Select(due => due.Id)];
    }

    [Fact]
    public async Task A_walk_through_the_list_meets_every_batch_once_and_no_draft()
    {
        List<Batch> made = [];
        for (var number = 0; number < 7; number++)
        {
            var batch = await InsertedAsync();
            if (number == 3)
                continue;
            made.Add(
                number % 2 == 0 ? Polling(batch, $"pb_{Guid.CreateVersion7():N}") : batch.Submit(new SubmitBatch { ItemCount = 0 }, Now));
            await Store.UpdateAsync(made[^1], expected: 1, default);
        }
        BatchId[] ids = [.. made.Select(batch => batch.Id)];

        Assert.Equal(ids, await WalkAsync(new BatchQuery { Ascending = true, Limit = 2 }));
        Assert.Equal(ids.Reverse(), await WalkAsync(new BatchQuery { Limit = 4 }));
        Assert.Equal(
            ids, await WalkAsync(new BatchQuery { Ascending = true, Limit = 1, Statuses = [BatchStatus.Pending, BatchStatus.Running] }));
        Assert.Equal(ids, await WalkAsync(new BatchQuery { Ascending = true, Provider = "main" }));
        Assert.Empty(await WalkAsync(new BatchQuery { Provider = "other" }));
        Assert.Empty(await WalkAsync(new BatchQuery { Statuses = [BatchStatus.Failed] }));
        var before = await Store.ListAsync(
            new BatchQuery { OrganizationId = _organization, Ascending = true, Before = ids[4], Limit = 2 }, PageBytes, default);
        Assert.Equal((ids[2], ids[3], true, true), (before.Batches[0].Id, before.Batches[1].Id, before.HasNext, before.HasPrevious));
    }

    private async Task<List<BatchId>> WalkAsync(BatchQuery query)
    {
        List<BatchId> met = [];
        while (true)
        {
            var page = await Store.ListAsync(
                query with { OrganizationId = _organization, After = met.Count == 0 ? null : met[^1] }, PageBytes, default);
            met.AddRange(page.Batches.Select(batch => batch.Id));
            if (!page.HasNext)
                return met;
        }
    }

    private async Task<Batch> InsertedAsync()
    {
        var batch = New(_organization);
        Assert.IsType<BatchWriteResult.Stored>(await Store.InsertAsync(batch, default));
        return batch;
    }

    private static string Text(Batch? batch) => JsonSerializer.Serialize((batch, batch!.Attempt), Fields);

    private static Batch New(string organization) =>
        Batch.Draft(BatchId.New(TimeProvider.System), JobId.New(TimeProvider.System), new Caller(organization, "user"), "main",
            new BeginBatch { Provider = "main" }, Now);

    private static Batch Polling(Batch batch, string providerBatchId) =>
        batch with
        {
            Snapshot = batch.Snapshot with
            {
                Phase = BatchPhase.Polling,
                ProviderBatchId = providerBatchId,
                Version = batch.Snapshot.Version + 1
            }
        };

    private static NewItem Item(string customId, string parameters = "{}", JobId? jobId = null) =>
        new() { CustomId = customId, Params = Encoding.UTF8.GetBytes(parameters), JobId = jobId };
}
