using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Options;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Rules;
using static JobTracker.Tests.Unit.Batches.BatchSamples;

namespace JobTracker.Tests.Unit.Batches;

/// <summary>When a batch that is answered well needs a human all the same, and how a cancel is told again.</summary>
public sealed class BatchAttentionTests
{
    private static readonly PollOptions Pace = new();

    [Fact]
    public void An_unknown_status_needs_attention_after_twenty_answers()
    {
        var batch = Polling;
        for (var answer = 1; answer <= 19; answer++)
            batch = Unknown(batch, Now.AddSeconds(answer));
        Assert.Equal((false, null), (batch.Snapshot.NeedsAttention, batch.Snapshot.LastPollError));

        batch = Unknown(batch, Now.AddSeconds(20));
        Assert.Equal((true, true),
            (batch.Snapshot.NeedsAttention, batch.Snapshot.LastPollError!.Contains("'Unrecognized'", StringComparison.Ordinal)));
        var known = batch.Polled(Answer(ProviderStage.Running), At(Now.AddSeconds(21)));
        Assert.Equal((false, null, 0, null),
            (known.Snapshot.NeedsAttention, known.Snapshot.LastPollError, known.Attempt.UnknownAnswers, known.Attempt.UnknownSince));
    }

    [Fact]
    public void An_unknown_status_needs_attention_after_half_an_hour()
    {
        var first = Unknown(Polling, Now);
        Assert.False(Unknown(first, Now + Pace.AttentionAfterUnknownFor - TimeSpan.FromTicks(10)).Snapshot.NeedsAttention);
        Assert.True(Unknown(first, Now + Pace.AttentionAfterUnknownFor).Snapshot.NeedsAttention);
    }

    [Fact]
    public void A_batch_that_runs_an_hour_past_its_expiry_needs_attention_and_polling_goes_on()
    {
        var due = Polling.Snapshot.ExpiresAt!.Value + Pace.AttentionAfterExpiry;
        Assert.False(Polling.Polled(Answer(ProviderStage.Running), At(due.AddTicks(-10))).Snapshot.NeedsAttention);

        var late = Polling.Polled(Answer(ProviderStage.Running), At(due));
        Assert.Equal((true, BatchPhase.Polling), (late.Snapshot.NeedsAttention, late.Snapshot.Phase));
        Assert.Contains("was to expire", late.Snapshot.LastPollError, StringComparison.Ordinal);
        Assert.True(late.Snapshot.NextPollAt > due);
        Assert.True(Polling.Failed(Error(ProviderErrorClass.Transient, 500), At(due)).Snapshot.NeedsAttention);
        Assert.False(late.Polled(Answer(ProviderStage.Ended, ProviderEnd.Completed), At(due)).Snapshot.NeedsAttention);
    }

    [Fact]
    public void A_cancel_that_is_not_taken_is_told_again_later_and_later_beside_the_polls()
    {
        var (batch, now, pause) = (Polling.Cancel(Now), Now, TimeSpan.Zero);
        for (var again = 1; again <= 5; again++)
        {
            Assert.Equal(BatchStep.CancelAtProvider, NextStep(batch, now));
            batch = batch.CancelNotTaken(Error(ProviderErrorClass.Transient, 500), At(now, 0.9));
            Assert.Equal(BatchStep.Poll, NextStep(batch, now));
            batch = batch.Polled(Answer(ProviderStage.Running), At(now, 0.9));
            Assert.Equal((0, again >= Batch.CancelsThatNeedAttention), (batch.Snapshot.ConsecutiveFailures, batch.Snapshot.NeedsAttention));
            Assert.True(batch.Attempt.NextCancelAt - now > pause);
            Assert.True(batch.Snapshot.NextPollAt <= batch.Attempt.NextCancelAt);
            (pause, now) = (batch.Attempt.NextCancelAt!.Value - now, batch.Attempt.NextCancelAt.Value);
        }
        Assert.Null(batch.Attempt.NotFoundSince);
        var shown = batch.Polled(Answer(ProviderStage.Cancelling), At(now));
        Assert.Equal((true, null, false), (shown.Attempt.CancelSent, shown.Snapshot.LastPollError, shown.Snapshot.NeedsAttention));
        Assert.Equal(BatchStep.Poll, NextStep(shown, Now.AddDays(1)));
    }

    [Fact]
    public void A_404_of_the_cancel_says_nothing_of_the_batch()
    {
        var batch = Polling.Cancel(Now);
        for (var minute = 0; minute < 20; minute++)
            batch = batch.CancelNotTaken(Error(ProviderErrorClass.NotFound, 404), At(Now.AddMinutes(minute)));
        Assert.Equal((BatchPhase.Polling, 0, null), (batch.Snapshot.Phase, batch.Attempt.NotFoundAnswers, batch.Attempt.Verdict));
    }

    [Fact]
    public void A_cancel_that_has_to_wait_for_the_account_lets_the_poll_wait_too_but_never_goes_before_it_again()
    {
        var limited = Polling.Cancel(Now).CancelNotTaken(Error(ProviderErrorClass.RateLimited, 429, TimeSpan.FromSeconds(60)), At(Now));

        Assert.Equal(Now.AddSeconds(60), limited.Snapshot.NextPollAt);
        Assert.Equal(BatchStep.Poll, NextStep(limited, Now.AddHours(1)));
    }

    [Fact]
    public void A_cancel_that_is_taken_and_not_shown_is_told_again()
    {
        var taken = Polling.Cancel(Now).CancelAnswered(Answer(ProviderStage.Finalizing), At(Now));
        Assert.Equal((false, BatchStep.CancelAtProvider), (taken.Attempt.CancelSent, NextStep(taken, Now.AddMinutes(5))));
    }

    private static Batch Unknown(Batch batch, DateTimeOffset now) => batch.Polled(Answer(ProviderStage.Unrecognized), At(now));

    [Fact]
    public void What_needs_attention_is_said_in_full()
    {
        var due = Polling.Snapshot.ExpiresAt!.Value + Pace.AttentionAfterExpiry;
        var nameless = Unknown(Polling, Now).Polled(Answer(ProviderStage.Unrecognized) with { RawStatus = "" }, At(due));
        var refused = Polling.Cancel(Now).CancelNotTaken(Error(ProviderErrorClass.Transient, 500), At(Now));
        var overdue = refused.Polled(Answer(ProviderStage.Running), At(due));

        Assert.Equal("The provider shows no status.", nameless.Snapshot.LastPollError);
        Assert.Equal("The cancel is not taken: HTTP 500 some_error: what happened",
            refused.Polled(Answer(ProviderStage.Running), At(Now)).Snapshot.LastPollError);
        Assert.StartsWith("The batch was to expire", overdue.Snapshot.LastPollError, StringComparison.Ordinal);
    }
}
