using System.Text.Json.Nodes;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Tests.Support.StoredBatches;
using static JobTracker.Tests.Unit.Batches.BatchSamples;

namespace JobTracker.Tests.Unit.Batches;

/// <summary>The JSON of a batch: silos of before and of now read what the other wrote.</summary>
public sealed class StoredBatchTests
{
    public static TheoryData<string> Stored => [.. StoredBatch.Names];

    [Theory]
    [MemberData(nameof(Stored))]
    public void A_batch_that_was_stored_before_is_read_whole_and_written_as_it_was(string name)
    {
        var stored = StoredBatch.Read(name);

        var written = BatchJson.Of(BatchJson.Read(stored, version: 1));

        Assert.True(StoredBatch.IsSame(stored, written), written);
    }

    [Fact]
    public void A_batch_that_was_stored_before_goes_on_where_it_stood()
    {
        (string, BatchStep)[] steps = [.. StoredBatch.Names.Select(
            name => (name, NextStep(BatchJson.Read(StoredBatch.Read(name), version: 1), Now.AddHours(1).AddMinutes(30))))];

        Assert.Equal(
            [
                ("cancelling", BatchStep.CancelAtProvider), ("done", BatchStep.Rest), ("draft", BatchStep.Discard),
                ("ingesting", BatchStep.Ingest), ("lost", BatchStep.Find), ("post-processing", BatchStep.TellItemJobs),
                ("reconciling", BatchStep.Reconcile), ("refused", BatchStep.Reconcile), ("resubmitted", BatchStep.Rest),
                ("resubmitted-running", BatchStep.Rest),
            ],
            steps);
    }

    [Fact]
    public void What_a_row_of_long_before_does_not_have_is_as_at_its_beginning()
    {
        var row = JsonNode.Parse(StoredBatch.Read("resubmitted"))!.AsObject();
        foreach (var name in (string[])["read", "handled", "earlier_jobs", "conflicts", "owes_poll", "item_job_rounds"])
            Assert.True(row.Remove(name));

        var batch = BatchJson.Read(row.ToJsonString(), version: 1);

        var beginning = batch with { EarlierJobs = [], Attempt = BatchAttempt.New(items: 2) with { Sends = 1 } };
        Assert.Equal(BatchJson.Of(beginning), BatchJson.Of(batch));
        Assert.Equal([batch.Snapshot.JobId], batch.In(BatchPhase.Done).Resubmit(batch.Snapshot.JobId, 1, 0, Now).EarlierJobs);
    }

    [Fact]
    public void A_resubmission_keeps_what_is_the_batchs_and_nothing_of_the_attempt_before()
    {
        var done = BatchJson.Read(StoredBatch.Read("done"), version: 7);
        var again = BatchJson.Read(StoredBatch.Read("resubmitted"), version: 7);

        var resubmitted = done.Resubmit(again.Snapshot.JobId, failed: 2, expired: 0, Now.AddHours(2));

        var expected = again with { Attempt = BatchAttempt.New(items: 2) }; // which had carried the number of sends with it
        Assert.Equal(BatchJson.Of(expected), BatchJson.Of(resubmitted));
    }

    [Fact]
    public void The_fields_of_a_batch_and_of_its_attempt_have_names_of_their_own()
    {
        var names = BatchJson.Default.Batch.Properties.Concat(BatchJson.Default.BatchAttempt.Properties)
            .Select(property => property.Name).ToArray();

        Assert.Equal(names.Distinct(StringComparer.Ordinal), names);
    }
}
