using JobTracker.Batches;
using JobTracker.Grains.Batches.Options;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Rules;
using static JobTracker.Tests.Unit.Batches.BatchSamples;

namespace JobTracker.Tests.Unit.Batches;

/// <summary>The order of things.</summary>
public sealed class BatchPlanTests
{
    private static readonly DateTimeOffset Later = Now.AddDays(1);

    [Fact]
    public void Each_state_has_its_next_step()
    {
        Assert.Equal(BatchStep.Rest, NextStep(Draft, Now));
        Assert.Equal(BatchStep.Discard, NextStep(Draft, Later));
        Assert.Equal(BatchStep.MakeJob, NextStep(Submitted.Trying(attempt => attempt with { JobMade = false }), Now));
        Assert.Equal(BatchStep.Submit, NextStep(Submitted, Now));
        Assert.Equal(BatchStep.EndUnsent, NextStep(Submitted.Cancel(Now), Now));
        Assert.Equal(BatchStep.LoseSubmission, NextStep(Submitted.Posting(null, Now), Now));
        Assert.Equal(BatchStep.Find, NextStep(Submitted.Posting(null, Now).SubmissionLost("why", At(Now)), Later));
        Assert.Equal(
            BatchStep.LoseSubmission,
            NextStep(Submitted.Posting(null, Now).SubmissionLost("why", At(Now)).Trying(attempt => attempt with { LostAt = null }), Later));
        Assert.Equal(BatchStep.Rest, NextStep(Polling, Now));
        Assert.Equal(BatchStep.Poll, NextStep(Polling, Later));
        Assert.Equal(BatchStep.CancelAtProvider, NextStep(Polling.Cancel(Now), Now));
        Assert.Equal(BatchStep.Poll, NextStep(Polling.Cancel(Now).CancelAnswered(Answer(ProviderStage.Cancelling), At(Now)), Later));
        Assert.Equal(BatchStep.Ingest, NextStep(Ingesting, Now));
        Assert.Equal(BatchStep.Reconcile, NextStep(Reconciling, Now));
    }

    [Fact]
    public void What_is_done_goes_when_it_was_kept_for_as_long_as_its_outcome_says()
    {
        var done = Reconciling.Reconciled(BatchStatus.Completed, Now).ItemJobsDone().Told(BatchStatus.Completed).Finished();
        var retention = new BatchRetentionOptions { Completed = TimeSpan.FromHours(1), Failed = TimeSpan.Zero };

        Assert.Equal(BatchStep.Rest, BatchPlan.Next(done, Now.AddHours(1).AddMicroseconds(-1), retention));
        Assert.Equal(BatchStep.Purge, BatchPlan.Next(done, Now.AddHours(1), retention));
        Assert.Equal(BatchStep.Rest, BatchPlan.Next(done, Later, new BatchRetentionOptions { Failed = TimeSpan.Zero }));
        Assert.Equal(BatchStep.Handle, BatchPlan.Next(
            done with { Snapshot = done.Snapshot with { Phase = BatchPhase.PostProcessing, NextPollAt = Now } }, Later, retention));
        Assert.Equal(BatchStep.Remove, NextStep(done.Removed(Now), Now));
        Assert.Equal([(BatchStatus.Completed, Later.AddHours(-1)), (BatchStatus.Failed, Later)], retention.Limits(Later));
    }

    [Fact]
    public void Only_what_is_nowhere_and_owed_to_nobody_may_be_removed()
    {
        var ended = Reconciling.Reconciled(BatchStatus.Completed, Now);
        Assert.Equal(
            [true, true, false, false, false, false, false, false, true],
            new[] { Draft, Submitted, Submitted.Posting(null, Now), Submitted.Posting(null, Now)
                .SubmissionLost("why", At(Now)), Polling, Ingesting, Reconciling, ended, ended.ItemJobsDone().Finished() }
                .Select(batch => batch.MayBeRemoved));
    }

    [Fact]
    public void The_end_is_told_to_the_items_jobs_then_to_the_batchs_and_then_to_the_handlers()
    {
        var ended = Reconciling.Reconciled(BatchStatus.Completed, Now);
        Assert.Equal(BatchStep.TellItemJobs, NextStep(ended, Now));
        Assert.Equal(BatchStep.TellJob, NextStep(ended.ItemJobsDone(), Now));
        Assert.Equal(BatchStep.Handle, NextStep(ended.ItemJobsDone().Told(BatchStatus.Completed), Now));
        Assert.Equal(BatchStep.Rest, NextStep(ended.ItemJobsDone().Told(BatchStatus.Completed).Finished(), Later));
    }

    [Fact]
    public void The_job_hears_at_once_that_the_batch_runs() =>
        Assert.Equal(BatchStep.TellJob, NextStep(Polling.Trying(attempt => attempt with { JobTold = null }), Now));

}
