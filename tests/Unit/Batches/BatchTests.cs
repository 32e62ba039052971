using System.Text.Json.Nodes;
using JobTracker.Batches;
using JobTracker.Grains.Batches;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Storage.Batches;
using static JobTracker.Tests.Unit.Batches.BatchSamples;

namespace JobTracker.Tests.Unit.Batches;

/// <summary>What happens to a batch, and what it is then.</summary>
public sealed class BatchTests
{
    [Fact]
    public void A_submission_counts_its_items_and_has_an_id_for_each_create_call()
    {
        Assert.Equal(new BatchCounts(Total: 3, Pending: 3), Submitted.Snapshot.Counts);
        var once = Submitted.Posting(Now);
        Assert.NotEqual(once.SubmissionId, once.NotCreated(Error(ProviderErrorClass.RateLimited, 429), At(Now)).Posting(Now).SubmissionId);
        Assert.Equal(Now, once.PostedAt);
        Assert.Null(once.Created(Answer(ProviderStage.Running), At(Now)).PostedAt);
    }

    [Theory]
    [InlineData(ProviderStage.Validating, BatchStatus.Pending)]
    [InlineData(ProviderStage.Running, BatchStatus.Running)]
    [InlineData(ProviderStage.Finalizing, BatchStatus.Running)]
    [InlineData(ProviderStage.Cancelling, BatchStatus.Running)]
    [InlineData(ProviderStage.Ended, BatchStatus.Running)]
    [InlineData(ProviderStage.Unrecognized, BatchStatus.Pending)]
    public void Ended_at_the_provider_is_not_ended_here(object stage, BatchStatus status)
    {
        var posted = Submitted.Posting(Now).Created(Answer(ProviderStage.Validating), At(Now));
        var polled = posted.Polled(Answer((ProviderStage)stage, ProviderEnd.Completed), At(Now));
        Assert.Equal(status, polled.Snapshot.Status);
        Assert.Equal(stage is ProviderStage.Ended ? BatchPhase.Ingesting : BatchPhase.Polling, polled.Snapshot.Phase);
    }

    [Fact]
    public void A_running_batch_never_goes_back_to_pending() =>
        Assert.Equal(BatchStatus.Running, Polling.Polled(Answer(ProviderStage.Validating), At(Now)).Snapshot.Status);

    [Theory]
    [InlineData(ProviderErrorClass.Transient, 1, false)]
    [InlineData(ProviderErrorClass.RateLimited, 1, false)]
    [InlineData(ProviderErrorClass.NotFound, 1, false)]
    [InlineData(ProviderErrorClass.NeedsAttention, 1, true)]
    [InlineData(ProviderErrorClass.NotAttempted, 0, false)]
    public void A_failed_poll_is_noted_and_changes_neither_status_nor_phase(object kind, int failures, bool needsAttention)
    {
        var failed = Polling.Failed(Error((ProviderErrorClass)kind), At(Now.AddMinutes(1)));
        Assert.Equal((BatchStatus.Running, BatchPhase.Polling), (failed.Snapshot.Status, failed.Snapshot.Phase));
        Assert.Equal((failures, needsAttention), (failed.Snapshot.ConsecutiveFailures, failed.Snapshot.NeedsAttention));
        Assert.NotNull(failed.Snapshot.LastPollError);
        Assert.Equal(Now, failed.Snapshot.LastSuccessAt);
        Assert.True(failed.Snapshot.NextPollAt > Now.AddMinutes(1));
        var well = failed.Polled(Answer(ProviderStage.Running), At(Now.AddMinutes(2)));
        Assert.Equal((0, false, null), (well.Snapshot.ConsecutiveFailures, well.Snapshot.NeedsAttention, well.Snapshot.LastPollError));
    }

    [Fact]
    public void A_404_is_believed_after_five_of_them_over_ten_minutes()
    {
        var batch = Polling;
        for (var minute = 0; minute < 4; minute++) batch = batch.Failed(Error(ProviderErrorClass.NotFound, 404), At(Now.AddMinutes(minute)));
        Assert.Equal(BatchPhase.Polling, batch.Failed(Error(ProviderErrorClass.NotFound, 404), At(Now.AddMinutes(9.9))).Snapshot.Phase);
        Assert.Equal(BatchPhase.Polling, batch.Failed(Error(ProviderErrorClass.Transient, 500), At(Now.AddMinutes(5))).Failed(Error(ProviderErrorClass.NotFound, 404), At(Now.AddMinutes(10))).Snapshot.Phase);

        var gone = batch.Failed(Error(ProviderErrorClass.Transient), At(Now.AddMinutes(5))).Failed(Error(ProviderErrorClass.NotFound, 404), At(Now.AddMinutes(10)));
        Assert.Equal((BatchPhase.Reconciling, BatchStatus.Failed), (gone.Snapshot.Phase, gone.Verdict!.Status));
    }

    [Theory]
    [InlineData(1, true, 0, BatchPhase.Ingesting)]
    [InlineData(2, true, 0, BatchPhase.Ingesting)]
    [InlineData(3, true, 0, BatchPhase.Reconciling)]
    [InlineData(1, false, 0, BatchPhase.Reconciling)]
    [InlineData(1, true, 3, BatchPhase.Reconciling)]
    public void A_pass_that_leaves_items_open_is_made_again_where_that_may_help(int pass, bool worthAnother, int settled, BatchPhase phase)
    {
        var read = (Ingesting with { Pass = pass }).Ingested(new IngestTally(Completed: settled, Quarantined: 1), new ResultCursor(0, 9), Now).WasCut();
        var ended = read.PassEnded(new MissingItem(ItemOutcome.MissingResult(), worthAnother), At(Now));

        Assert.Equal(phase, ended.Snapshot.Phase);
        Assert.Equal(phase is BatchPhase.Ingesting ? (pass + 1, ResultCursor.Start, false, 0L) : (pass, new ResultCursor(0, 9), true, 2L), (ended.Pass, ended.Cursor, ended.Cut, ended.Quarantined));
    }

    [Fact]
    public void A_reconciled_batch_is_terminal_before_its_handlers_have_run()
    {
        var ended = Reconciling.Reconciled(BatchStatus.Completed, Now.AddHours(1));
        Assert.Equal((BatchStatus.Completed, BatchPhase.PostProcessing, true), (ended.Snapshot.Status, ended.Snapshot.Phase, ended.Snapshot.HasPartialResults));
        Assert.Equal(Now.AddHours(1), ended.Snapshot.CompletedAt);

        var failed = ended;
        for (var call = 1; call <= Batch.FailuresThatNeedAttention; call++) failed = failed.HandlerFailed("h", "why", At(Now));
        Assert.Equal(("h: why", true), (failed.Snapshot.PostProcessingError, failed.Snapshot.NeedsAttention));
        Assert.True(failed.Snapshot.NextPollAt > Now);
        var done = failed.HandledBy("h").Finished();
        Assert.Equal((BatchPhase.Done, null, null), (done.Snapshot.Phase, done.Snapshot.NextPollAt, done.Snapshot.PostProcessingError));
    }

    [Fact]
    public void A_cancel_is_asked_for_once_and_never_of_what_has_ended()
    {
        var cancelled = Polling.Cancel(Now);
        Assert.Equal((Now, Now), (cancelled.Snapshot.CancelRequestedAt, cancelled.Snapshot.NextPollAt));
        Assert.Same(cancelled, cancelled.Cancel(Now.AddSeconds(1)));
        Assert.Same(Ingesting, Ingesting.Cancel(Now));
        Assert.Same(Draft, Draft.Cancel(Now));
    }

    [Fact]
    public void A_resubmission_starts_anew_with_what_failed()
    {
        var done = Reconciling.Reconciled(BatchStatus.Completed, Now).Finished();
        var again = done.Resubmit(done.Snapshot.JobId, Now).WithResubmitted(failed: 1, expired: 0);
        Assert.Equal((2, BatchStatus.Pending, BatchPhase.Submitting, new BatchCounts(3, 1, 2, 0, 0, 0)), (again.Snapshot.Attempts, again.Snapshot.Status, again.Snapshot.Phase, again.Snapshot.Counts));
        Assert.Equal((false, null, 1L), (again.JobMade, again.Snapshot.ProviderBatchId, again.SubmittedItems));
        Assert.Null(again.Snapshot.CompletedAt);
    }

    [Fact]
    public void The_job_is_told_the_counts_beside_the_callers_own_metadata()
    {
        var metadata = JsonNode.Parse(Submitted.JobToMake().Metadata!)!;
        Assert.Equal((1, 3, false), ((int)metadata["a"]!, (int)metadata["counts"]!["pending"]!, (bool)metadata["has_partial_results"]!));
        Assert.Equal(Submitted.Snapshot.JobId.ToString(), Submitted.JobToMake().IdempotencyKey);
    }

    [Theory]
    [InlineData(BatchStatus.Completed, 3, 0, false)]
    [InlineData(BatchStatus.Completed, 2, 1, true)]
    [InlineData(BatchStatus.Failed, 0, 3, false)]
    [InlineData(BatchStatus.Cancelled, 3, 0, true)]
    [InlineData(BatchStatus.Cancelled, 0, 3, false)]
    [InlineData(BatchStatus.Expired, 3, 0, true)]
    public void Partial_results_are_those_of_a_batch_that_is_not_whole_or_ended_early(BatchStatus status, int completed, int failed, bool expected)
    {
        var read = Ingesting.Ingested(new IngestTally(Completed: completed, Failed: failed), new ResultCursor(0, 3), Now);
        Assert.Equal(expected, read.Reconciled(status, Now).Snapshot.HasPartialResults);
    }

    [Fact]
    public void What_was_set_aside_is_read_from_rows_of_before()
    {
        var counted = Ingesting.Ingested(new IngestTally(Quarantined: 2), new ResultCursor(0, 3), Now);
        var old = JsonNode.Parse(BatchJson.Of(counted))!.AsObject();
        Assert.True(old["snapshot"]!.AsObject().Remove("quarantined"));

        Assert.Equal(2, BatchJson.Read(old.ToJsonString(), 1).Snapshot.Quarantined);
        Assert.Equal(2, BatchJson.Read(BatchJson.Of(counted), 1).Snapshot.Quarantined);
        Assert.True(old.Remove("quarantined"));
        Assert.Equal(0, BatchJson.Read(old.ToJsonString(), 1).Snapshot.Quarantined);
    }

    [Fact]
    public void An_item_is_retryable_where_a_resubmission_sends_it()
    {
        foreach (var (status, sent) in ((ItemStatus, bool)[])[(ItemStatus.Failed, true), (ItemStatus.Expired, true), (ItemStatus.Cancelled, false)])
        {
            var item = new ItemSnapshot { CustomId = "a", Status = status, Error = new ItemError { Type = "t", Retryable = !sent } };
            Assert.Equal(sent, Polling.Shown(item).Error!.Retryable);
            Assert.False((Polling with { Adopted = true }).Shown(item).Error!.Retryable);
        }
    }
}
