using System.Text.Json.Nodes;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Options;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Storage.Batches;
using static JobTracker.Tests.Unit.Batches.BatchSamples;

namespace JobTracker.Tests.Unit.Batches;

/// <summary>A create whose answer was lost: when it is believed to have made nothing, and what ends the search.</summary>
public sealed class LostCreateTests
{
    private static readonly DateTimeOffset LostAt = Now.AddMinutes(2.25);

    private static Batch Lost { get; } = Submitted.Posting("file-1", Now).SubmissionLost("why", At(LostAt));

    [Fact]
    public void An_absence_is_believed_half_an_hour_after_the_loss_and_after_two_lists_a_minute_apart()
    {
        var early = Lost.NotListed(At(LostAt.AddMinutes(30).AddSeconds(-1)));
        Assert.Equal((BatchPhase.SubmissionUnknown, null, LostAt.AddMinutes(30)),
            (early.Snapshot.Phase, early.Attempt.FirstMissedAt, early.Snapshot.NextPollAt!.Value));

        var first = early.NotListed(At(LostAt.AddMinutes(30)));
        Assert.Equal((BatchPhase.SubmissionUnknown, LostAt.AddMinutes(30), LostAt.AddMinutes(31)),
            (first.Snapshot.Phase, first.Attempt.FirstMissedAt, first.Snapshot.NextPollAt!.Value));

        var soon = first.NotListed(At(LostAt.AddMinutes(31).AddSeconds(-1)));
        Assert.Equal((BatchPhase.SubmissionUnknown, LostAt.AddMinutes(31)), (soon.Snapshot.Phase, soon.Snapshot.NextPollAt!.Value));

        var again = soon.NotListed(At(LostAt.AddMinutes(31)));
        Assert.Equal((BatchPhase.Submitting, false), (again.Snapshot.Phase, again.IsUnresolved));
        Assert.Equal(BatchStep.Submit, NextStep(again, LostAt.AddMinutes(31)));
        Assert.Equal((null, null, null), (again.Attempt.LostAt, again.Attempt.FirstMissedAt, again.Attempt.InputId));
    }

    [Fact]
    public void When_an_absence_is_believed_is_as_configured()
    {
        var pace = new PollOptions { AbsenceAfter = TimeSpan.FromMinutes(3), AbsenceGap = TimeSpan.FromMinutes(2) };
        var early = Lost.NotListed(new Moment(LostAt.AddMinutes(2.9), pace, 0));
        var first = early.NotListed(new Moment(LostAt.AddMinutes(3), pace, 0));
        var soon = first.NotListed(new Moment(LostAt.AddMinutes(4.9), pace, 0));

        Assert.Equal((null, LostAt.AddMinutes(3)), (early.Attempt.FirstMissedAt, first.Attempt.FirstMissedAt));
        Assert.Equal(BatchPhase.SubmissionUnknown, soon.Snapshot.Phase);
        Assert.Equal(BatchPhase.Submitting, soon.NotListed(new Moment(LostAt.AddMinutes(5), pace, 0)).Snapshot.Phase);
    }

    [Fact]
    public void The_time_of_a_loss_stands_once_it_is_known() =>
        Assert.Equal(LostAt, Lost.SubmissionLost("again", At(LostAt.AddHours(1))).Attempt.LostAt);

    [Fact]
    public void A_look_that_is_unclear_makes_two_new_lists_necessary()
    {
        var missed = Lost.NotListed(At(LostAt.AddMinutes(40)));
        var unclear = missed.Unclear(new FindOutcome.Unclear("why", ["pb_2"], NeedsAttention: true), At(LostAt.AddMinutes(41)));
        Assert.Equal((null, true, "why Candidates: pb_2."),
            (unclear.Attempt.FirstMissedAt, unclear.Snapshot.NeedsAttention, unclear.Snapshot.LastPollError));

        Assert.Equal(BatchPhase.SubmissionUnknown, unclear.NotListed(At(LostAt.AddMinutes(50))).Snapshot.Phase);
    }

    [Fact]
    public void A_search_that_fails_forgets_no_list_and_no_404_of_it_ends_the_batch()
    {
        var failed = Lost.NotListed(At(LostAt.AddMinutes(40)));
        for (var hour = 1; hour < 12; hour++)
            failed = failed.SearchFailed(Error(ProviderErrorClass.NotFound, 404), At(LostAt.AddHours(hour)));

        Assert.Equal(
            (BatchPhase.SubmissionUnknown, 0, true),
            (failed.Snapshot.Phase, failed.Attempt.NotFoundAnswers, failed.Snapshot.NeedsAttention));
        Assert.Equal(BatchPhase.Submitting, failed.NotListed(At(LostAt.AddHours(13))).Snapshot.Phase);
    }

    [Fact]
    public void Searches_become_rare_when_they_go_on_for_long()
    {
        var unclear = new FindOutcome.Unclear("why", [], NeedsAttention: false);
        Assert.InRange(Lost.Unclear(unclear, At(LostAt.AddMinutes(1))).Snapshot.NextPollAt!.Value - LostAt.AddMinutes(1),
            TimeSpan.FromSeconds(20), TimeSpan.FromSeconds(40));
        Assert.InRange(Lost.Unclear(unclear, At(LostAt.AddHours(9))).Snapshot.NextPollAt!.Value - LostAt.AddHours(9),
            TimeSpan.FromMinutes(4), TimeSpan.FromMinutes(6));
    }

    [Fact]
    public void A_settled_create_is_the_batch_it_made_and_asks_about_it_at_once()
    {
        var settled = Lost.Cancel(Now).Settled("pb_1", LostAt.AddHours(1));
        Assert.Equal((BatchPhase.Polling, "pb_1", Now, LostAt.AddHours(1)),
            (settled.Snapshot.Phase, settled.Snapshot.ProviderBatchId, settled.Snapshot.SubmittedAt, settled.Snapshot.NextPollAt));
        Assert.False(settled.IsUnresolved);
        Assert.Equal(BatchStep.CancelAtProvider, NextStep(settled, LostAt.AddHours(1)));
        Assert.False(settled.IsLostAs(Lost));
    }

    [Theory]
    [InlineData(ProviderErrorClass.Transient, "file-1")]
    [InlineData(ProviderErrorClass.RateLimited, "file-1")]
    [InlineData(ProviderErrorClass.NotAttempted, "file-1")]
    [InlineData(ProviderErrorClass.NeedsAttention, null)]
    public void What_was_uploaded_is_used_again_where_it_may_soon_be_taken(object kind, string? inputId)
    {
        var notCreated = Submitted.Posting("file-1", Now).NotCreated(Error((ProviderErrorClass)kind), At(Now));
        Assert.Equal((inputId, false), (notCreated.Attempt.InputId, notCreated.IsUnresolved));
    }

    [Fact]
    public void A_search_outlives_the_process_and_one_that_an_older_version_began_counts_from_now()
    {
        var missed = Lost.NotListed(At(LostAt.AddMinutes(40)));
        var read = BatchJson.Read(BatchJson.Of(missed), 7);
        Assert.Equal((LostAt, LostAt.AddMinutes(40), "file-1"), (read.Attempt.LostAt, read.Attempt.FirstMissedAt, read.Attempt.InputId));

        var old = JsonNode.Parse(BatchJson.Of(missed))!.AsObject();
        foreach (var name in (string[])["lost_at", "first_missed_at", "input_id"])
            Assert.True(old.Remove(name));
        Assert.Equal(BatchStep.LoseSubmission, NextStep(BatchJson.Read(old.ToJsonString(), 7), LostAt.AddDays(1)));
    }

    [Fact]
    public void A_loss_is_said_and_looked_into_soon()
    {
        var lost = Submitted.Posting("file-1", Now).SubmissionLost("why", At(LostAt)).Snapshot;
        Assert.Equal((BatchPhase.SubmissionUnknown, "why", LostAt + new PollOptions().BackoffMin),
            (lost.Phase, lost.LastPollError, lost.NextPollAt));
        var missed = Lost.NotListed(At(LostAt.AddMinutes(1)));
        Assert.Equal(("The provider does not list it. It is sent again when that has been so for long enough.", LostAt.AddSeconds(84)),
            (missed.Snapshot.LastPollError, missed.Snapshot.NextPollAt));
    }

    [Fact]
    public void What_a_search_came_to_is_about_the_create_that_it_was_for()
    {
        Assert.True(Lost.IsLostAs(Lost));
        Assert.False(Lost.IsLostAs(Lost.Trying(attempt => attempt with { Sends = attempt.Sends + 1 })));
    }

    [Theory]
    [InlineData(0, "why")]
    [InlineData(2, "why Candidates: pb_1, pb_2.")]
    [InlineData(11, "why Candidates: pb_1, pb_2, pb_3, pb_4, pb_5, pb_6, pb_7, pb_8, pb_9, pb_10.")]
    public void A_look_that_is_unclear_names_up_to_ten_candidates(int candidates, string text) => Assert.Equal(text, Lost.Unclear(
        new FindOutcome.Unclear("why", [.. Enumerable.Range(1, candidates).Select(number => $"pb_{number}")], NeedsAttention: false),
        At(LostAt)).Snapshot.LastPollError);

    [Fact]
    public void What_is_followed_as_another_batch_is_for_a_human()
    {
        var followed = Submitted.Posting(null, Now).FollowedByAnother("pb_1", At(LostAt));

        Assert.Equal((BatchPhase.SubmissionUnknown, true, LostAt), (followed.Snapshot.Phase, followed.Snapshot.NeedsAttention,
            followed.Attempt.LostAt!.Value));
        Assert.Equal("What the create made is followed as another batch already. Candidates: pb_1.", followed.Snapshot.LastPollError);
    }

    [Fact]
    public void Once_it_is_settled_or_sent_again_nobody_is_needed_any_more()
    {
        var pace = new PollOptions { AbsenceGap = TimeSpan.Zero };
        var troubled = Lost.SearchFailed(Error(ProviderErrorClass.NeedsAttention, 403), At(LostAt));
        Assert.False(troubled.Settled("pb_1", LostAt).Snapshot.NeedsAttention);
        var again = troubled.NotListed(new Moment(LostAt.AddHours(1), pace, 0)).Snapshot;
        Assert.Equal((BatchPhase.Submitting, false, null), (again.Phase, again.NeedsAttention, again.LastPollError));
    }

    [Fact]
    public void Only_a_404_of_a_search_is_for_a_human() =>
        Assert.False(Lost.SearchFailed(Error(ProviderErrorClass.Transient, 500), At(LostAt)).Snapshot.NeedsAttention);
}
