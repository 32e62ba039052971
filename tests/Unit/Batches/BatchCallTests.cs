using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Options;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;
using static JobTracker.Tests.Unit.Batches.BatchSamples;

namespace JobTracker.Tests.Unit.Batches;

/// <summary>What a call to the provider leaves on the batch, whether it was answered or not.</summary>
public sealed class BatchCallTests
{
    private static readonly PollOptions Pace = new();
    private static readonly DateTimeOffset Then = Now.AddMinutes(7);

    private static Batch Troubled { get; } = Polling.Failed(Error(ProviderErrorClass.NeedsAttention, 403), At(Now.AddMinutes(1)));

    [Fact]
    public void A_create_that_is_answered_leaves_what_the_provider_says()
    {
        var created = Submitted.Posting("file-1", Now).Created(Answer(ProviderStage.Running), At(Then)).Snapshot;

        Assert.Equal(("pb_1", BatchStatus.Running, "Running", Now, Now.AddDays(1), Then + Pace.PollFirst),
            (created.ProviderBatchId, created.Status, created.RawStatus, created.SubmittedAt, created.ExpiresAt, created.NextPollAt));
        Assert.Equal((Then, Then), (created.LastAttemptAt, created.LastSuccessAt));
    }

    [Fact]
    public void A_create_during_which_a_cancel_came_is_followed_by_the_cancel_at_once() => Assert.Equal(
        Then, Submitted.Posting(null, Now).Cancel(Now).Created(Answer(ProviderStage.Running), At(Then)).Snapshot.NextPollAt);

    [Fact]
    public void A_create_that_was_found_counts_from_now_where_its_beginning_is_not_known() =>
        Assert.Equal(Then, Submitted.Created(Answer(ProviderStage.Running), At(Then)).Snapshot.SubmittedAt);

    [Fact]
    public void A_create_call_is_noted_before_it_is_made()
    {
        var posting = Submitted.Posting("file-1", Then);

        Assert.Equal((Then, Then, "file-1", 1),
            (posting.Snapshot.LastAttemptAt, posting.Attempt.PostedAt, posting.Attempt.InputId, posting.Attempt.Sends));
        Assert.Equal($"{Submitted.Id}/1/1", posting.SubmissionId);
        Assert.True(posting.IsUnresolved);
    }

    [Fact]
    public void A_refused_create_says_why_and_is_reconciled_at_once()
    {
        var plain = Submitted.Posting("file-1", Now).Refused(Error(ProviderErrorClass.Refused, 400), Then);
        var nameless = Submitted.Posting(null, Now).Refused(Error(ProviderErrorClass.Refused, 400) with { Type = null }, Then);

        Assert.Equal((BatchPhase.Reconciling, Then, "HTTP 400 some_error: what happened", false),
            (plain.Snapshot.Phase, plain.Snapshot.NextPollAt, plain.Snapshot.LastPollError, plain.IsUnresolved));
        Assert.Equal([new BatchError("some_error", "what happened")], plain.Snapshot.Errors);
        Assert.Equal([new BatchError("refused", "what happened")], nameless.Snapshot.Errors);
        Assert.Equal(("some_error", "what happened", false, 400), Missing(plain));
        Assert.Equal(("refused", "what happened", false, 400), Missing(nameless));

        static (string, string?, bool, int?) Missing(Batch batch) => batch.Attempt.Verdict!.Missing is { Error: { } error } missing
            ? (error.Type, error.Message, error.Retryable, missing.HttpStatus)
            : default;
    }

    [Fact]
    public void A_refusal_that_follows_trouble_needs_nobody_any_more() => Assert.False(
        Submitted.Failed(Error(ProviderErrorClass.NeedsAttention, 403), At(Now)).Posting(null, Now)
            .Refused(Error(ProviderErrorClass.Refused, 400), Then).Snapshot.NeedsAttention);

    [Fact]
    public void An_answer_is_shown_and_what_it_leaves_out_stays()
    {
        var ended = Now.AddMinutes(3);
        var first = Troubled.Polled(
            Answer(ProviderStage.Finalizing) with { RawStatus = "finalizing", EndedAt = ended, ExpiresAt = Now.AddDays(2) }, At(Then));
        var second = first.Polled(Answer(ProviderStage.Running) with { ExpiresAt = null }, At(Then.AddMinutes(1)));

        Assert.Equal(("finalizing", ended, Now.AddDays(2), Then, Then),
            (first.Snapshot.RawStatus, first.Snapshot.EndedAt, first.Snapshot.ExpiresAt, first.Snapshot.LastAttemptAt,
                first.Snapshot.LastSuccessAt));
        Assert.Equal((ended, Now.AddDays(2)), (second.Snapshot.EndedAt, second.Snapshot.ExpiresAt));
        var third = second.Polled(Answer(ProviderStage.Finalizing) with { EndedAt = Then }, At(Then.AddMinutes(2)));
        Assert.Equal(Then, third.Snapshot.EndedAt);
        Assert.Equal((ProviderStage.Finalizing, ProviderStage.Running), (first.Attempt.Stage, second.Attempt.Stage));
    }

    [Fact]
    public void The_end_at_the_provider_is_what_it_says_and_else_when_it_was_heard()
    {
        var said = Now.AddMinutes(3);
        Assert.Equal(Then, Polling.Polled(Ended(), At(Then)).Snapshot.EndedAt);
        Assert.Equal(said, Polling.Polled(Ended() with { EndedAt = said }, At(Then)).Snapshot.EndedAt);
        Assert.Equal(said, Polling.Polled(Ended() with { EndedAt = said }, At(Then)).Polled(Ended(), At(Then)).Snapshot.EndedAt);
        Assert.Equal((BatchPhase.Ingesting, Then), (Polling.Polled(Ended(), At(Then)).Snapshot.Phase,
            Polling.Polled(Ended(), At(Then)).Snapshot.NextPollAt));

        static ProviderBatch Ended() => Answer(ProviderStage.Ended, ProviderEnd.Completed);
    }

    [Theory]
    [InlineData(60, 24)] // by the age since it was submitted, a share of it
    [InlineData(600, 72)]
    public void A_batch_is_asked_again_by_its_age_at_the_provider(int age, double seconds) => Assert.Equal(
        Then.AddSeconds(age + seconds),
        Submitted.Posting(null, Then).Created(Answer(ProviderStage.Running), At(Then))
            .Polled(Answer(ProviderStage.Running), At(Then.AddSeconds(age))).Snapshot.NextPollAt);

    [Fact]
    public void A_call_that_was_not_made_leaves_the_last_one_and_its_trouble_as_they_were()
    {
        var notMade = Troubled.Failed(Error(ProviderErrorClass.NotAttempted), At(Then));

        Assert.Equal((Now.AddMinutes(1), 1, true),
            (notMade.Snapshot.LastAttemptAt, notMade.Snapshot.ConsecutiveFailures, notMade.Snapshot.NeedsAttention));
        Assert.False(Polling.Failed(Error(ProviderErrorClass.NotAttempted), At(Then)).Snapshot.NeedsAttention);
        var failed = Troubled.Failed(Error(ProviderErrorClass.Transient, 500), At(Then));
        Assert.Equal((Then, 2, false),
            (failed.Snapshot.LastAttemptAt, failed.Snapshot.ConsecutiveFailures, failed.Snapshot.NeedsAttention));
        Assert.Equal(
            Then + (Pace.BackoffMin * 2.5), Troubled.Failed(Error(ProviderErrorClass.Transient, 500), At(Then, 0.5)).Snapshot.NextPollAt);
    }

    [Theory]
    [InlineData(true, 400, 1)]
    [InlineData(true, 422, 1)]
    [InlineData(true, 500, 0)]
    [InlineData(false, 400, 0)]
    public void An_adopted_id_that_the_provider_cannot_read_counts_as_a_404_until_it_was_seen(bool adopted, int status, int count)
    {
        var never = Adoption() with { Adopted = adopted };
        var seen = never.Polled(Answer(ProviderStage.Running), At(Now));
        var error = Error(ProviderErrorClass.NeedsAttention, status);

        Assert.Equal(count, never.Failed(error, At(Then)).Attempt.NotFoundAnswers);
        Assert.Equal(0, seen.Failed(error, At(Then)).Attempt.NotFoundAnswers);
    }

    [Fact]
    public void A_batch_that_is_gone_is_reconciled_at_once_and_its_items_have_no_result()
    {
        var pace = new PollOptions { NotFoundCount = 2, NotFoundAfter = TimeSpan.FromMinutes(3) };
        var gone = Polling.Failed(Error(ProviderErrorClass.NotFound, 404), new Moment(Now, pace, 0))
            .Failed(Error(ProviderErrorClass.NotFound, 404), new Moment(Then, pace, 0));

        Assert.Equal((Then, 2, Now), (gone.Snapshot.NextPollAt, gone.Attempt.NotFoundAnswers, gone.Attempt.NotFoundSince));
        var missing = gone.Attempt.Verdict!.Missing.Error!;
        Assert.Equal(("missing_result", "batch_not_found", "The provider does not know the batch any more."),
            (missing.Type, missing.Code, missing.Message));
        Assert.Equal("HTTP 404 some_error: what happened", gone.Reconciled(BatchStatus.Failed, Then).Snapshot.LastPollError);
    }

    [Fact]
    public void Without_its_account_a_batch_waits_for_a_human()
    {
        var waiting = Polling.WithoutAccount(At(Then)).Snapshot;

        Assert.Equal(("No account is configured under the name 'main'.", true, Then + Pace.AttentionInterval),
            (waiting.LastPollError, waiting.NeedsAttention, waiting.NextPollAt));
    }

    [Fact]
    public void A_refresh_brings_the_next_poll_forward_and_never_back()
    {
        var next = Polling.Snapshot.NextPollAt!.Value;
        Assert.Equal(next.AddTicks(-10), Polling.PollNow(next.AddTicks(-10)).Snapshot.NextPollAt);
        Assert.Same(Polling, Polling.PollNow(next));
        Assert.Same(Polling, Polling.PollNow(next.AddTicks(10)));
        var done = Reconciling.Reconciled(BatchStatus.Completed, Now).ItemJobsDone().Finished();
        Assert.Same(done, done.PollNow(Now));
    }

    [Fact]
    public void What_of_ours_fails_is_said_and_comes_again_after_its_backoff()
    {
        var once = Polling.Postponed("a bug", At(Then, 0.5));

        Assert.Equal(("a bug", Then + (Pace.BackoffMin * 1.5)), (once.Snapshot.LastPollError, once.Snapshot.NextPollAt));
        Assert.Equal(500, Polling.Postponed(new string('x', 501), At(Then)).Snapshot.LastPollError!.Length);
    }

    [Fact]
    public void A_cancel_is_told_again_after_a_pause_that_grows_with_the_tries()
    {
        var once = Polling.Cancel(Now).CancelAnswered(Answer(ProviderStage.Running), At(Then));
        var twice = once.CancelAnswered(Answer(ProviderStage.Running), At(Then));

        Assert.Equal((1, Then + (Pace.PollBriefMax * 2), null),
            (once.Attempt.CancelTries, once.Attempt.NextCancelAt, once.Attempt.CancelError));
        Assert.Equal((2, Then + (Pace.PollBriefMax * 4)), (twice.Attempt.CancelTries, twice.Attempt.NextCancelAt));
        Assert.False(twice.OwesCancel(twice.Attempt.NextCancelAt!.Value.AddTicks(-10)));
        Assert.True(twice.OwesCancel(twice.Attempt.NextCancelAt!.Value));
        Assert.False(Polling.OwesCancel(Then));
    }

    [Fact]
    public void A_poll_comes_no_later_than_the_next_cancel()
    {
        var pace = new PollOptions { PollMin = TimeSpan.FromMinutes(10), PollMax = TimeSpan.FromMinutes(10), PollJitter = 0 };
        var told = Polling.Cancel(Now).CancelAnswered(Answer(ProviderStage.Running), new Moment(Now, pace, 0));

        Assert.Equal(told.Attempt.NextCancelAt, told.Snapshot.NextPollAt);
        var past = told.Polled(Answer(ProviderStage.Running), new Moment(told.Attempt.NextCancelAt!.Value, pace, 0));
        Assert.Equal(told.Attempt.NextCancelAt + pace.PollMin, past.Snapshot.NextPollAt);
        var shown = told.Polled(Answer(ProviderStage.Running) with { CancelRequested = true }, new Moment(Now, pace, 0))
            .Polled(Answer(ProviderStage.Running), new Moment(Now, pace, 0));
        Assert.Equal((true, Now + pace.PollBriefMin), (shown.Attempt.CancelSent, shown.Snapshot.NextPollAt));
    }

    [Fact]
    public void A_cancel_that_the_provider_shows_is_not_waited_for_any_more()
    {
        var brief = TimeSpan.FromMinutes(10);
        var pace = new PollOptions { PollBriefMin = brief, PollBriefMax = brief, AttentionInterval = TimeSpan.FromMinutes(1) };
        var told = Polling.Cancel(Now).CancelAnswered(Answer(ProviderStage.Finalizing), new Moment(Now, pace, 0));
        Assert.Equal(Now.AddMinutes(1), told.Snapshot.NextPollAt);

        var shown = told.Polled(Answer(ProviderStage.Finalizing) with { CancelRequested = true }, new Moment(Now, pace, 0));
        Assert.Equal(Now + brief, shown.Snapshot.NextPollAt);
    }

    [Fact]
    public void A_poll_that_fails_has_been_made_so_that_the_cancel_comes_next()
    {
        var refused = Polling.Cancel(Now).CancelNotTaken(Error(ProviderErrorClass.Transient, 500), At(Now));
        var failed = refused.Failed(Error(ProviderErrorClass.Transient, 500), At(Now));

        Assert.Equal((false, true), (refused.OwesCancel(Then), failed.OwesCancel(Then)));
    }

    [Theory]
    [InlineData(ProviderErrorClass.Transient, 1, true)]
    [InlineData(ProviderErrorClass.RateLimited, 1, true)]
    [InlineData(ProviderErrorClass.NotAttempted, 0, false)]
    public void A_cancel_that_is_not_taken_counts_where_it_was_tried(object kind, int tries, bool attempted)
    {
        var refused = Polling.Cancel(Now).CancelNotTaken(Error((ProviderErrorClass)kind, 500), At(Then));

        Assert.Equal((tries, "HTTP 500 some_error: what happened", true, attempted ? Then : Polling.Snapshot.LastAttemptAt),
            (refused.Attempt.CancelTries, refused.Attempt.CancelError, refused.Attempt.OwesPoll, refused.Snapshot.LastAttemptAt));
        Assert.Equal(
            kind is ProviderErrorClass.Transient ? Now : refused.Attempt.NextCancelAt, refused.Snapshot.NextPollAt);
    }

    [Fact]
    public void A_cancel_that_waits_less_than_the_next_poll_leaves_the_poll_where_it_is()
    {
        var limited = Polling.Cancel(Now).WithoutAccount(At(Now)).CancelNotTaken(
            Error(ProviderErrorClass.RateLimited, 429, TimeSpan.FromSeconds(60)), At(Now));

        Assert.Equal((Now + Pace.AttentionInterval, Now.AddSeconds(60)), (limited.Snapshot.NextPollAt, limited.Attempt.NextCancelAt));
    }

    [Fact]
    public void A_batch_that_was_never_sent_is_cancelled_without_the_provider()
    {
        var unsent = Submitted.Failed(Error(ProviderErrorClass.NeedsAttention, 403), At(Now)).Cancel(Now).CancelledUnsent(Then);

        Assert.Equal((BatchPhase.Reconciling, Then, false, BatchStatus.Cancelled), (unsent.Snapshot.Phase, unsent.Snapshot.NextPollAt,
            unsent.Snapshot.NeedsAttention, unsent.Attempt.Verdict!.Status));
        Assert.Equal(ItemStatus.Cancelled, unsent.Attempt.Verdict.Missing.Status);
    }

    private static Batch Adoption() => Batch.Adoption(
        Draft.Id, Draft.Snapshot.JobId, new Caller("org", "user"), "main",
        new AdoptBatch { Provider = "main", ProviderBatchId = "pb_1" }, Now);
}
