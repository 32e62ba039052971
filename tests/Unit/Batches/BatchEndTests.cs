using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Options;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Jobs;
using JobTracker.Tests.Unit.Jobs;
using static JobTracker.Tests.Unit.Batches.BatchSamples;

namespace JobTracker.Tests.Unit.Batches;

/// <summary>From the last result to the end, and what comes after it.</summary>
public sealed class BatchEndTests
{
    private static readonly PollOptions Pace = new();
    private static readonly DateTimeOffset Then = Now.AddMinutes(7);

    private static Batch Ended { get; } = Reconciling.Reconciled(BatchStatus.Completed, Now);

    [Fact]
    public void The_end_is_when_the_provider_said_and_completed_when_every_item_has_its_outcome()
    {
        var said = Reconciling.Reconciled(BatchStatus.Completed, Then).Snapshot;
        var unsent = Submitted.Cancel(Now).CancelledUnsent(Now)
            .Failed(Error(ProviderErrorClass.NeedsAttention, 403), At(Now)).Reconciled(BatchStatus.Cancelled, Then).Snapshot;

        Assert.Equal((Now, Then, Then), (said.EndedAt, said.CompletedAt, said.NextPollAt));
        Assert.Equal((Then, false), (unsent.EndedAt, unsent.NeedsAttention));
    }

    [Fact]
    public void A_failure_that_the_provider_explains_has_its_reasons()
    {
        var explained = Ingesting.Trying(attempt => attempt with
        {
            Ended = attempt.Ended! with { End = ProviderEnd.Failed, Faults = [new ProviderFault("c", "m", 3, "p")] },
        });
        var gone = Polling.Trying(attempt => attempt with { Verdict = BatchVerdict.Gone });
        var unexplained = Ingesting.Trying(attempt => attempt with { Ended = attempt.Ended! with { End = ProviderEnd.Failed } });
        var none = Ingesting.Ingested(new IngestTally(Failed: 3), new FileProgress("f"), Now);
        var typed = Polling.Trying(attempt => attempt with { Verdict = BatchVerdict.Refused(Error(ProviderErrorClass.Refused)) });

        Assert.Equal([new BatchError("c", "m", 3, "p")], Failed(explained));
        Assert.Equal([new BatchError("batch_not_found", "The provider does not know the batch any more.")], Failed(gone));
        Assert.Equal(
            [new BatchError("batch_failed", "The provider says that the batch failed, and gives no reason.")], Failed(unexplained));
        Assert.Equal([new BatchError("no_item_completed", "3 of 3 items failed, none completed.")], Failed(none));
        Assert.Equal([new BatchError("some_error", "what happened")], Failed(typed));

        static IEnumerable<BatchError> Failed(Batch batch) =>
            batch.In(BatchPhase.Reconciling).Reconciled(BatchStatus.Failed, Now).Snapshot.Errors;
    }

    [Fact]
    public void A_job_is_told_the_first_reason_in_a_word()
    {
        var failed = Reconciling.Reconciled(BatchStatus.Failed, Now);
        Assert.Equal(new JobError("c", "m"), Reasoned(failed, "c").JobError());
        Assert.Equal(new JobError("batch_failed", "m"), Reasoned(failed, null).JobError());
        Assert.Equal(new JobError("some_error", "m"), Reasoned(failed, null).Trying(
            attempt => attempt with { Verdict = BatchVerdict.Refused(Error(ProviderErrorClass.Refused)) }).JobError());
        Assert.Null(Ended.JobError());

        static Batch Reasoned(Batch batch, string? code) => batch with
        {
            Snapshot = batch.Snapshot with { Errors = [new BatchError(code, "m"), new BatchError("d", "n")] },
        };
    }

    [Fact]
    public void A_handler_that_fails_is_for_a_human_after_five_times_in_a_row()
    {
        var failed = Ended;
        foreach (var (needsAttention, pause) in ((bool, int)[])[(false, 5), (false, 5), (false, 5), (false, 5), (true, 5)])
        {
            failed = failed.HandlerFailed("h", "why", At(Then));
            Assert.Equal((needsAttention, Then.AddSeconds(pause)), (failed.Snapshot.NeedsAttention, failed.Snapshot.NextPollAt!.Value));
        }
        Assert.Equal(Then.AddSeconds(7.5), Ended.HandlerFailed("h", "why", At(Then, 0.5)).Snapshot.NextPollAt);
        Assert.Equal(Then.AddSeconds(12.5), Ended.HandlerFailed("h", "why", At(Then))
            .HandlerFailed("h", "why", At(Then, 0.5)).Snapshot.NextPollAt);
        Assert.Equal(500, Ended.HandlerFailed("h", new string('x', 501), At(Then)).Snapshot.PostProcessingError!.Length);
        Assert.Equal("h: why", failed.JobRefused("two", At(Then)).Snapshot.PostProcessingError);

        var well = failed.HandledBy("h").HandledBy("i");
        Assert.Equal((false, 0, null), (well.Snapshot.NeedsAttention, well.Attempt.HandlerFailures, well.Snapshot.PostProcessingError));
        Assert.Equal(["h", "i"], well.Attempt.Handled);
    }

    [Fact]
    public void A_job_that_takes_no_news_is_told_again_later_and_later()
    {
        var once = Ended.JobRefused(new string('x', 501), At(Then, 0.5));
        var twice = once.JobRefused("why", At(Then, 0.5));

        Assert.Equal((1, Then.AddSeconds(7.5), Then.AddSeconds(7.5), 500),
            (once.Attempt.JobRefusals, once.Attempt.TellJobAt, once.Snapshot.NextPollAt, once.Attempt.JobProblem!.Length));
        Assert.Equal((2, Then.AddSeconds(12.5)), (twice.Attempt.JobRefusals, twice.Attempt.TellJobAt));
        Assert.True(twice.Failed(Error(ProviderErrorClass.NeedsAttention), At(Then)).JobRefused("why", At(Then)).Snapshot.NeedsAttention);
        var told = twice.Told(BatchStatus.Completed).Attempt;
        Assert.Equal((BatchStatus.Completed, 0, null, null), (told.JobTold, told.JobRefusals, told.TellJobAt, told.JobProblem));
    }

    [Fact]
    public void Four_refusals_of_a_job_need_nobody_yet_and_the_fifth_does()
    {
        var refused = Ended;
        for (var call = 1; call <= 5; call++)
        {
            refused = refused.JobRefused("why", At(Now));
            Assert.Equal(call == 5, refused.Snapshot.NeedsAttention);
        }
    }

    [Fact]
    public void Linked_jobs_that_are_left_are_told_again_later_and_later()
    {
        var once = Ended.ItemJobsLeft(new string('x', 501), At(Then, 0.5));
        var twice = once.ItemJobsLeft("why", At(Then, 0.5));

        Assert.Equal((1, Then.AddSeconds(7.5), 500),
            (once.Attempt.ItemJobRounds, once.Attempt.TellItemJobsAt, once.Attempt.ItemJobsProblem!.Length));
        Assert.Equal((2, Then.AddSeconds(12.5)), (twice.Attempt.ItemJobRounds, twice.Attempt.TellItemJobsAt));
        var done = twice.ItemJobsDone("one was given up");
        Assert.Equal((true, null, "one was given up"),
            (done.Attempt.ItemJobsTold, done.Attempt.TellItemJobsAt, done.Snapshot.PostProcessingError));
    }

    [Fact]
    public void What_is_owed_to_linked_jobs_alone_holds_up_the_end_until_their_time()
    {
        var left = Ended.ItemJobsLeft("why", At(Then)).Finished();
        Assert.Equal((BatchPhase.PostProcessing, left.Attempt.TellItemJobsAt), (left.Snapshot.Phase, left.Snapshot.NextPollAt));
        Assert.Equal(Ended.Snapshot.NextPollAt, Ended.Finished().Snapshot.NextPollAt);
        var done = Ended.Postponed("a bug", At(Now)).ItemJobsDone().Finished();
        Assert.Equal((BatchPhase.Done, null, 0, null),
            (done.Snapshot.Phase, done.Snapshot.NextPollAt, done.Snapshot.ConsecutiveFailures, done.Snapshot.LastPollError));
    }

    [Fact]
    public void A_resubmission_keeps_what_is_the_batchs_and_nothing_of_the_attempt()
    {
        var first = Ended.Recounted(new BatchCounts(10, 0, 3, 4, 1, 2)).ItemJobsDone().Finished() with { EarlierJobs = [JobSamples.Id] };
        var next = new JobId(Guid.Parse("019b7c8d-f708-7abc-8def-0123456789ff"));
        var again = first.Resubmit(next, failed: 3, expired: 2, Then);

        var (was, snapshot) = (first.Snapshot, again.Snapshot);
        Assert.Equal(
            new BatchSnapshot
            {
                Id = was.Id,
                JobId = next,
                OrganizationId = "org",
                Provider = "main",
                Status = BatchStatus.Pending,
                Phase = BatchPhase.Submitting,
                Counts = new BatchCounts(10, 5, 3, 1, 1, 0),
                Attempts = 2,
                CreatedAt = was.CreatedAt,
                NextPollAt = Then,
                LastAttemptAt = was.LastAttemptAt,
                LastSuccessAt = was.LastSuccessAt,
                Metadata = was.Metadata,
                Version = was.Version,
            },
            snapshot);
        Assert.Equal([JobSamples.Id, was.JobId], again.EarlierJobs);
        Assert.Equal(BatchAttempt.New(5), again.Attempt);
    }

    [Fact]
    public void A_page_shows_of_each_item_whether_it_would_be_sent_again()
    {
        var item = new ItemSnapshot { CustomId = "a", Status = ItemStatus.Failed, Error = new ItemError { Type = "t" } };
        var plain = new ItemSnapshot { CustomId = "b", Status = ItemStatus.Completed };
        var page = Ended.Shown(new ItemPage([item, plain], HasNext: false));

        Assert.Equal((true, null), (page.Items[0].Error!.Retryable, page.Items[1].Error));
    }

    [Fact]
    public void What_is_removed_is_found_by_nothing_any_more()
    {
        var removed = (Submitted with { IdempotencyKey = "key", Fingerprint = "print" }).Removed(Then);

        Assert.Equal((BatchPhase.Receiving, Then, null, null, true, false), (removed.Snapshot.Phase, removed.Snapshot.NextPollAt!.Value,
            removed.IdempotencyKey, removed.Fingerprint, removed.IsRemoved, removed.IsDraft));
    }

    [Fact]
    public void Items_that_are_settled_leave_those_that_are_pending() => Assert.Equal(
        new BatchCounts(3, 1, 0, 2), Ingesting.Settled(new IngestTally(Failed: 2)).Snapshot.Counts);
}
