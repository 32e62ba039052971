using System.Text.Json.Nodes;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Options;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Jobs.Rules;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Jobs;
using static JobTracker.Tests.Unit.Batches.BatchSamples;

namespace JobTracker.Tests.Unit.Batches;

/// <summary>What happens to a batch, and what it is then.</summary>
public sealed class BatchTests
{
    [Fact]
    public void A_submission_counts_its_items_and_has_an_id_for_each_create_call()
    {
        Assert.Equal(new BatchCounts(Total: 3, Pending: 3), Submitted.Snapshot.Counts);
        var once = Submitted.Posting(null, Now);
        Assert.NotEqual(
            once.SubmissionId, once.NotCreated(Error(ProviderErrorClass.RateLimited, 429), At(Now)).Posting(null, Now).SubmissionId);
        Assert.Equal(Now, once.Attempt.PostedAt);
        Assert.Null(once.Created(Answer(ProviderStage.Running), At(Now)).Attempt.PostedAt);
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
        var posted = Submitted.Posting(null, Now).Created(Answer(ProviderStage.Validating), At(Now));
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
        for (var minute = 0; minute < 4; minute++)
            batch = batch.Failed(Error(ProviderErrorClass.NotFound, 404), At(Now.AddMinutes(minute)));
        Assert.Equal(BatchPhase.Polling, batch.Failed(Error(ProviderErrorClass.NotFound, 404), At(Now.AddMinutes(9.9))).Snapshot.Phase);
        Assert.Equal(BatchPhase.Polling, batch.Failed(Error(ProviderErrorClass.Transient, 500), At(Now.AddMinutes(5)))
            .Failed(Error(ProviderErrorClass.NotFound, 404), At(Now.AddMinutes(10))).Snapshot.Phase);

        var gone = batch.Failed(Error(ProviderErrorClass.Transient), At(Now.AddMinutes(5)))
            .Failed(Error(ProviderErrorClass.NotFound, 404), At(Now.AddMinutes(10)));
        Assert.Equal((BatchPhase.Reconciling, BatchStatus.Failed), (gone.Snapshot.Phase, gone.Attempt.Verdict!.Status));
    }

    [Theory]
    [InlineData(2, 3, true)]
    [InlineData(3, 3, false)]
    [InlineData(2, 4, false)]
    public void How_many_404s_are_believed_and_over_how_long_is_as_configured(int count, int minutes, bool isGone)
    {
        var pace = new PollOptions { NotFoundCount = count, NotFoundAfter = TimeSpan.FromMinutes(minutes) };
        var first = Polling.Failed(Error(ProviderErrorClass.NotFound, 404), new Moment(Now, pace, 0));

        var second = first.Failed(Error(ProviderErrorClass.NotFound, 404), new Moment(Now.AddMinutes(3), pace, 0));

        Assert.Equal(isGone ? BatchPhase.Reconciling : BatchPhase.Polling, second.Snapshot.Phase);
    }

    [Fact]
    public void A_reconciled_batch_is_terminal_before_its_handlers_have_run()
    {
        var ended = Reconciling.Reconciled(BatchStatus.Completed, Now.AddHours(1));
        Assert.Equal((BatchStatus.Completed, BatchPhase.PostProcessing, true),
            (ended.Snapshot.Status, ended.Snapshot.Phase, ended.Snapshot.HasPartialResults));
        Assert.Equal(Now.AddHours(1), ended.Snapshot.CompletedAt);

        var failed = ended;
        for (var call = 1; call <= Batch.FailuresThatNeedAttention; call++)
            failed = failed.HandlerFailed("h", "why", At(Now));
        Assert.Equal(("h: why", true), (failed.Snapshot.PostProcessingError, failed.Snapshot.NeedsAttention));
        Assert.True(failed.Snapshot.NextPollAt > Now);
        var done = failed.ItemJobsDone().HandledBy("h").Finished();
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
        var done = Reconciling.Reconciled(BatchStatus.Completed, Now).ItemJobsDone().Finished();
        var again = done.Resubmit(done.Snapshot.JobId, failed: 1, expired: 0, Now);
        Assert.Equal((2, BatchStatus.Pending, BatchPhase.Submitting, new BatchCounts(3, 1, 2, 0, 0, 0)),
            (again.Snapshot.Attempts, again.Snapshot.Status, again.Snapshot.Phase, again.Snapshot.Counts));
        Assert.Equal((false, null, 1L), (again.Attempt.JobMade, again.Snapshot.ProviderBatchId, again.Attempt.SubmittedItems));
        Assert.Null(again.Snapshot.CompletedAt);
    }

    [Fact]
    public void A_failure_has_its_reason_on_the_batch_and_a_resubmission_none()
    {
        var refusal = Error(ProviderErrorClass.Refused, 400) with { Faults = [new ProviderFault("c", "m", 3, "p")] };
        var refused = Submitted.Posting(null, Now).Refused(refusal, Now).Reconciled(BatchStatus.Failed, Now);
        var gone = Polling.Trying(attempt => attempt with { Verdict = BatchVerdict.Gone })
            .In(BatchPhase.Reconciling).Reconciled(BatchStatus.Failed, Now);
        var unexplained = Polling.Polled(Answer(ProviderStage.Ended, ProviderEnd.Failed), At(Now))
            .In(BatchPhase.Reconciling).Reconciled(BatchStatus.Failed, Now);
        var allFailed = Ingesting.In(BatchPhase.Reconciling).Reconciled(BatchStatus.Failed, Now);

        Assert.Equal([new BatchError("c", "m", 3, "p")], refused.Snapshot.Errors);
        Assert.Equal(["batch_not_found", "batch_failed", "no_item_completed"], new[] { gone, unexplained, allFailed }.Select(
            batch => Assert.Single(batch.Snapshot.Errors).Code));
        Assert.All([refused, gone, unexplained, allFailed], batch => Assert.Equal(batch.Snapshot.Errors[0].Code, batch.JobError()!.Code));
        Assert.All([refused, gone, unexplained, allFailed], batch => Assert.Empty(
            batch.In(BatchPhase.Done).Resubmit(batch.Snapshot.JobId, failed: 1, expired: 0, Now).Snapshot.Errors));
        Assert.Empty(Reconciling.Reconciled(BatchStatus.Completed, Now).Snapshot.Errors);
    }

    [Fact]
    public void A_batch_that_was_stored_before_there_were_errors_has_none()
    {
        var stored = BatchJson.Of(Reconciling).Replace("\"errors\":[],", "", StringComparison.Ordinal);

        Assert.DoesNotContain("\"errors\"", stored, StringComparison.Ordinal);
        Assert.Empty(BatchJson.Read(stored, 7).Snapshot.Errors);
    }

    [Theory]
    [InlineData("some_error", "HTTP 500 some_error: what happened")]
    [InlineData(null, "HTTP 500: what happened")]
    public void A_failed_poll_says_its_status_once(string? type, string text) =>
        Assert.Equal(text, Polling.Failed(Error(ProviderErrorClass.Transient, 500) with { Type = type }, At(Now)).Snapshot.LastPollError);

    [Fact]
    public void What_a_poll_failed_with_is_gone_when_the_batch_ends_well_or_unsent()
    {
        var failed = Reconciling.Failed(Error(ProviderErrorClass.Transient, 500), At(Now));
        var unsent = Submitted.Failed(Error(ProviderErrorClass.Transient, 500), At(Now)).Cancel(Now).CancelledUnsent(Now);

        Assert.All([failed.Reconciled(BatchStatus.Completed, Now), unsent, unsent.Reconciled(BatchStatus.Cancelled, Now)],
            batch => Assert.Equal((null, 0), (batch.Snapshot.LastPollError, batch.Snapshot.ConsecutiveFailures)));
    }

    [Fact]
    public void Something_of_ours_that_fails_counts_and_comes_later_and_later()
    {
        var once = Polling.Postponed("a bug", At(Now, sample: 0.9));
        var twice = once.Postponed("a bug", At(Now, sample: 0.9));

        Assert.Equal((1, 2), (once.Snapshot.ConsecutiveFailures, twice.Snapshot.ConsecutiveFailures));
        Assert.True(twice.Snapshot.NextPollAt > once.Snapshot.NextPollAt);
    }

    [Fact]
    public void Jobs_that_could_not_be_told_wait_and_hold_up_nothing_but_the_end()
    {
        var ended = Reconciling.Reconciled(BatchStatus.Completed, Now);
        Assert.Equal(BatchStep.TellItemJobs, NextStep(ended, Now));
        var left = ended.ItemJobsLeft("one", At(Now));
        Assert.Equal((BatchStep.TellJob, "one"), (NextStep(left, Now), left.Snapshot.PostProcessingError));
        var refused = left.JobRefused("two", At(Now));
        Assert.Equal((BatchStep.Rest, BatchStep.TellItemJobs), (NextStep(refused, Now), NextStep(refused, Now.AddHours(1))));
        Assert.Equal("two", refused.Snapshot.PostProcessingError);
        var told = left.Told(BatchStatus.Completed);
        Assert.Equal((BatchStep.Handle, "one"), (NextStep(told, Now), told.Snapshot.PostProcessingError));
        var waiting = told.HandledBy("h").Finished();
        Assert.Equal((BatchPhase.PostProcessing, BatchStep.Rest), (waiting.Snapshot.Phase, NextStep(waiting, Now)));
        Assert.Equal(BatchStep.TellItemJobs, NextStep(waiting, waiting.Attempt.TellItemJobsAt!.Value));
        var done = waiting.ItemJobsDone().Finished();
        Assert.Equal((BatchPhase.Done, null, null), (done.Snapshot.Phase, done.Snapshot.NextPollAt, done.Snapshot.PostProcessingError));
    }

    [Fact]
    public void A_running_job_that_took_no_news_does_not_keep_the_batch_from_being_polled()
    {
        var refused = Polling.Trying(attempt => attempt with { JobTold = null }).JobRefused("why", At(Now));

        Assert.Equal((BatchStep.Rest, BatchStep.TellJob), (NextStep(refused, Now), NextStep(refused, refused.Attempt.TellJobAt!.Value)));
        Assert.Equal(Polling.Snapshot.NextPollAt, refused.Snapshot.NextPollAt);
        var attention = refused;
        for (var more = 1; more < Batch.FailuresThatNeedAttention; more++)
            attention = attention.JobRefused("why", At(Now));
        Assert.True(attention.Snapshot.NeedsAttention);
    }

    [Theory]
    [InlineData(40_000 / 3, '中', true)]
    [InlineData(70_000 / 3, '中', false)]
    public void Metadata_count_as_they_are_sent(int characters, char character, bool taken)
    {
        var metadata = $"{{\"a\":\"{new string(character, characters)}\"}}";
        var draft = Batch.Draft(Draft.Id, Draft.Snapshot.JobId, new JobTracker.Callers.Caller("org", "user"), "main",
            new BeginBatch { Provider = "main", Metadata = metadata }, Now);

        Assert.Equal(taken, JsonRules.Problem(draft.JobToMake().Metadata!, new JobLimits().MetadataBytes, 32) is null);
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
    public void Partial_results_are_those_of_a_batch_that_is_not_whole_or_ended_early(
        BatchStatus status, int completed, int failed, bool expected)
    {
        var read = Ingesting.Ingested(new IngestTally(Completed: completed, Failed: failed), new FileProgress("f", 3), Now);
        Assert.Equal(expected, read.In(BatchPhase.Reconciling).Reconciled(status, Now).Snapshot.HasPartialResults);
    }

    [Fact]
    public void What_was_set_aside_is_read_from_rows_of_before()
    {
        var counted = Ingesting.Ingested(new IngestTally(Quarantined: 2), new FileProgress("f", 3), Now);
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
        foreach (var (status, sent) in ((ItemStatus, bool)[])[(ItemStatus.Failed, true), (ItemStatus.Expired, true),
            (ItemStatus.Cancelled, false)])
        {
            var item = new ItemSnapshot { CustomId = "a", Status = status, Error = new ItemError { Type = "t", Retryable = !sent } };
            Assert.Equal(sent, Polling.Shown(item).Error!.Retryable);
            Assert.False((Polling with { Adopted = true }).Shown(item).Error!.Retryable);
        }
    }
}
