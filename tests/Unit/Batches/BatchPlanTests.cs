using JobTracker.Batches;
using JobTracker.Grains.Batches;
using JobTracker.Grains.Batches.Providers;
using static JobTracker.Tests.Unit.Batches.BatchSamples;

namespace JobTracker.Tests.Unit.Batches;

/// <summary>The order of things.</summary>
public sealed class BatchPlanTests
{
    private static readonly DateTimeOffset Later = Now.AddDays(1);

    [Fact]
    public void Each_state_has_its_next_step()
    {
        Assert.Equal(BatchStep.Rest, BatchPlan.Next(Draft, Now));
        Assert.Equal(BatchStep.Discard, BatchPlan.Next(Draft, Later));
        Assert.Equal(BatchStep.MakeJob, BatchPlan.Next(Submitted with { JobMade = false }, Now));
        Assert.Equal(BatchStep.Submit, BatchPlan.Next(Submitted, Now));
        Assert.Equal(BatchStep.EndUnsent, BatchPlan.Next(Submitted.Cancel(Now), Now));
        Assert.Equal(BatchStep.LoseSubmission, BatchPlan.Next(Submitted.Posting(null, Now), Now));
        Assert.Equal(BatchStep.Find, BatchPlan.Next(Submitted.Posting(null, Now).SubmissionLost("why", At(Now)), Later));
        Assert.Equal(BatchStep.LoseSubmission, BatchPlan.Next(Submitted.Posting(null, Now).SubmissionLost("why", At(Now)) with { LostAt = null }, Later));
        Assert.Equal(BatchStep.Rest, BatchPlan.Next(Polling, Now));
        Assert.Equal(BatchStep.Poll, BatchPlan.Next(Polling, Later));
        Assert.Equal(BatchStep.CancelAtProvider, BatchPlan.Next(Polling.Cancel(Now), Now));
        Assert.Equal(BatchStep.Poll, BatchPlan.Next(Polling.Cancel(Now).CancelAnswered(Answer(ProviderStage.Cancelling), At(Now)), Later));
        Assert.Equal(BatchStep.Ingest, BatchPlan.Next(Ingesting, Now));
        Assert.Equal(BatchStep.Reconcile, BatchPlan.Next(Reconciling, Now));
    }

    [Fact]
    public void The_end_is_told_to_the_items_jobs_then_to_the_batchs_and_then_to_the_handlers()
    {
        var ended = Reconciling.Reconciled(BatchStatus.Completed, Now);
        Assert.Equal(BatchStep.TellItemJobs, BatchPlan.Next(ended, Now));
        Assert.Equal(BatchStep.TellJob, BatchPlan.Next(ended.ItemJobsDone(), Now));
        Assert.Equal(BatchStep.Handle, BatchPlan.Next(ended.ItemJobsDone().Told(BatchStatus.Completed), Now));
        Assert.Equal(BatchStep.Rest, BatchPlan.Next(ended.ItemJobsDone().Told(BatchStatus.Completed).Finished(), Later));
    }

    [Fact]
    public void The_job_hears_at_once_that_the_batch_runs() =>
        Assert.Equal(BatchStep.TellJob, BatchPlan.Next(Polling with { JobTold = null }, Now));
}
