using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Options;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Grains.Storage.Batches;
using static JobTracker.Tests.Unit.Batches.BatchSamples;

namespace JobTracker.Tests.Unit.Batches;

/// <summary>When results are read again, and when what is missing is believed.</summary>
public sealed class ResultPassTests
{
    private static readonly PollOptions Pace = new();
    private static readonly DateTimeOffset Then = Now.AddMinutes(7);
    private static readonly MissingItem Missing = new(ItemOutcome.MissingResult(), ExpectedLines.OfAll);
    private static readonly ResultFile Output = new(0, "output file", "o"), Errors = new(1, "error file", "e");

    [Theory]
    [InlineData(ExpectedLines.OfAll, 5)]
    [InlineData(ExpectedLines.OfFinished, 2)]
    [InlineData(ExpectedLines.None, 1)]
    public void A_pass_that_leaves_items_open_is_made_again_later_and_later(object lines, int passes)
    {
        var (batch, now, pause, made) = (Reading(Output), Now, TimeSpan.Zero, 0);
        while (batch.Snapshot.Phase is BatchPhase.Ingesting)
        {
            made++;
            batch = Pass(batch, (ExpectedLines)lines, now, (Output, Whole(Output, 2)));
            if (batch.Snapshot.Phase is not BatchPhase.Ingesting)
                break;
            Assert.True(batch.Snapshot.NextPollAt - now > pause);
            Assert.Equal((BatchStep.Poll, 0), (NextStep(batch, batch.Snapshot.NextPollAt!.Value), batch.Attempt.Read.Length));
            pause = batch.Snapshot.NextPollAt!.Value - now;
            now = batch.Snapshot.NextPollAt.Value;
        }
        Assert.Equal((passes, BatchPhase.Reconciling, null), (made, batch.Snapshot.Phase, batch.Attempt.Shortfall));
    }

    [Fact]
    public void While_the_counts_promise_more_than_the_files_gave_nothing_is_settled_for_an_hour()
    {
        var first = Pass(
            Reading(Output).Trying(attempt => attempt with { Ended = Ended(new ProviderCounts(3, 0, 2, 1), Output) }),
            ExpectedLines.OfFinished, Now, (Output, Whole(Output, 2)));
        Assert.Equal((BatchPhase.Ingesting, "The provider counts 3 finished items, and its files gave 2."),
            (first.Snapshot.Phase, first.Snapshot.LastPollError));

        var late = first.Trying(attempt => attempt with { Pass = 50 });
        Assert.Equal(BatchPhase.Ingesting, Pass(
            late, ExpectedLines.OfFinished, Now + Pace.PassesFor - TimeSpan.FromTicks(10), (Output, Whole(Output, 2))).Snapshot.Phase);
        var settled = Pass(late, ExpectedLines.OfFinished, Now + Pace.PassesFor, (Output, Whole(Output, 2)));
        Assert.Equal((BatchPhase.Reconciling, first.Snapshot.LastPollError), (settled.Snapshot.Phase, settled.Attempt.Shortfall));
        var why = settled.Attempt.Shortfall!;
        Assert.Contains(why, ItemOutcome.MissingResult().Because(why).Error!.Message!, StringComparison.Ordinal);
        Assert.Null(ItemOutcome.Cancelled().Because("why").Error!.Message);
    }

    [Fact]
    public void What_is_wrong_with_a_file_keeps_the_results_open_whatever_the_end_was()
    {
        var cut = Whole(Output, 1) with { Cut = true, Fault = "The output file o was cut." };
        var batch = Pass(
            Reading(Output).Trying(attempt => attempt with { Ended = Ended(new ProviderCounts(), Output), Pass = 2 }),
            ExpectedLines.OfFinished, Now, (Output, cut));
        Assert.Equal((BatchPhase.Ingesting, 3, cut.Fault), (batch.Snapshot.Phase, batch.Attempt.Pass, batch.Snapshot.LastPollError));
    }

    [Fact]
    public void With_every_outcome_there_nothing_is_asked_for_any_more()
    {
        var batch = Reading(Output).Ingested(
            new IngestTally(Completed: 3, Quarantined: 1), new FileProgress("o", 1, Ended: true, Fault: "It was cut.", Cut: true), Now);
        var ended = batch.PassEnded(new MissingItem(ItemOutcome.MissingResult(), ExpectedLines.OfAll), At(Now));
        Assert.Equal((BatchPhase.Reconciling, null, 2L), (ended.Snapshot.Phase, ended.Snapshot.LastPollError, ended.Quarantined));
    }

    [Fact]
    public void A_file_that_appears_later_shifts_nothing()
    {
        var errorsAlone = Reading(Errors).Ingested(new IngestTally(Failed: 1, Quarantined: 4), new FileProgress("e", 7), Now)
            .Failed(Error(ProviderErrorClass.Transient, 500), At(Now));
        Assert.Equal(BatchStep.Poll, NextStep(errorsAlone, Now.AddHours(1)));

        var both = errorsAlone.Polled(Ended(new ProviderCounts(), Output, Errors), At(Now.AddHours(1)));
        Assert.Equal((BatchStep.Ingest, 0L, 7L, 4L),
            (NextStep(both, Now.AddHours(1)), both.ProgressOf(Output).Line, both.ProgressOf(Errors).Line, both.Quarantined));

        var renamed = both.Polled(Ended(new ProviderCounts(), Output), At(Now.AddHours(1)));
        Assert.Equal((0, 0L), (renamed.Attempt.Read.Length, renamed.Quarantined));
    }

    [Fact]
    public void An_unknown_status_does_not_take_the_results_back_and_a_known_one_does()
    {
        var again = Pass(Reading(Output), ExpectedLines.OfAll, Now, (Output, Whole(Output, 1)));
        Assert.Equal(BatchStep.Ingest, NextStep(again.Polled(Answer(ProviderStage.Unrecognized), At(Now)), Now));
        Assert.Equal(BatchPhase.Polling, again.Polled(Answer(ProviderStage.Finalizing), At(Now)).Snapshot.Phase);
    }

    [Fact]
    public void A_row_of_before_is_read_and_its_pass_begins_anew()
    {
        var row = BatchJson.Of(Reading(Output) with { Quarantined = 3 })
            .Replace("\"asked_anew\":true", "\"cursor\":{\"file\":0,\"line\":9},\"cut\":true", StringComparison.Ordinal)
            .Replace("\"read\":[],", "", StringComparison.Ordinal);
        row = System.Text.RegularExpressions.Regex.Replace(
            row, "\"files\":\\[[^\\]]*\\]", "\"result_files\":[\"o\"]", System.Text.RegularExpressions.RegexOptions.None,
            TimeSpan.FromSeconds(1));

        var batch = BatchJson.Read(row, 7);

        Assert.Equal((0, BatchStep.Poll), (batch.Attempt.Read.Length, NextStep(batch, Now)));
        Assert.Empty(batch.Attempt.Ended!.Files);
        var asked = batch.Polled(Ended(new ProviderCounts(), Output), At(Now));
        Assert.Equal((BatchStep.Ingest, 0L), (NextStep(asked, Now), asked.Quarantined));
    }

    [Fact]
    public void A_chunk_of_lines_is_counted_and_is_a_sign_of_life()
    {
        var once = Ingesting.Ingested(new IngestTally(Completed: 1, Conflicts: 2, Quarantined: 3), new FileProgress("f", 3), Then);
        var twice = once.Ingested(new IngestTally(Failed: 1, Conflicts: 2, Quarantined: 3), new FileProgress("f", 9), Then);

        Assert.Equal((Then, Then, new BatchCounts(3, 1, 1, 1)),
            (twice.Snapshot.LastAttemptAt, twice.Snapshot.LastSuccessAt, twice.Snapshot.Counts));
        Assert.Equal((4L, 6L), (twice.Attempt.Conflicts, twice.Quarantined));
        Assert.Equal(new FileProgress("f", 9), Assert.Single(twice.Attempt.Read));
    }

    [Fact]
    public void An_adopted_batch_has_as_many_items_as_its_results_name()
    {
        var read = (Ingesting with { Adopted = true })
            .Recounted(new BatchCounts()).Ingested(new IngestTally(Completed: 2), new FileProgress("f", 3), Now);
        Assert.Equal(new BatchCounts(Total: 2, Completed: 2), read.Snapshot.Counts);

        Assert.Equal(BatchPhase.Reconciling, read.Trying(Promising(2, 2)).PassEnded(Missing, At(Now)).Snapshot.Phase);
        Assert.Equal(BatchPhase.Ingesting, read.Trying(Promising(3, 0)).PassEnded(Missing, At(Now)).Snapshot.Phase);
        Assert.Equal(
            BatchPhase.Reconciling, read.Trying(attempt => attempt with { Ended = null }).PassEnded(Missing, At(Now)).Snapshot.Phase);

        static Func<BatchAttempt, BatchAttempt> Promising(long total, long finished) => attempt => attempt with
        {
            Ended = attempt.Ended! with
            {
                Counts = new ProviderCounts(Total: total, Completed: finished),
                Files = [new ResultFile(0, "output file", "f")],
            },
            Read = [new FileProgress("f", 3, 1, 1), new FileProgress("e", 3, 1, 1)],
        };
    }

    [Fact]
    public void A_completed_batch_that_names_no_file_is_asked_again()
    {
        var again = Ingesting.PassEnded(Missing, At(Now));

        Assert.Equal((BatchPhase.Ingesting, "The batch is completed at the provider, and names no result file."),
            (again.Snapshot.Phase, again.Snapshot.LastPollError));
        Assert.Equal((2, Now, false), (again.Attempt.Pass, again.Attempt.ShortSince, again.Attempt.AskedAnew));
        Assert.Equal(Now + Pace.PassPause, again.Snapshot.NextPollAt);
        var expired = Polling.Polled(Answer(ProviderStage.Ended, ProviderEnd.Expired), At(Now)).PassEnded(Missing, At(Now));
        Assert.Equal((null, null), (expired.Snapshot.LastPollError, expired.Attempt.ShortSince));
    }

    [Fact]
    public void A_pass_that_is_made_again_forgets_what_the_last_one_set_aside()
    {
        var cut = new FileProgress("f", 3, 2, 2, Fault: "It was cut.");
        var other = new FileProgress("e", 1, Fault: "It is empty.");
        var again = Ingesting.Postponed("a bug", At(Now))
            .Ingested(new IngestTally(Conflicts: 2, Quarantined: 3), cut, Now).FileRead(other).PassEnded(Missing, At(Then));

        Assert.Equal((0, "It was cut. It is empty.", 0L, 0L, Then), (again.Snapshot.ConsecutiveFailures, again.Snapshot.LastPollError,
            again.Quarantined, again.Attempt.Conflicts, again.Attempt.ShortSince));
        Assert.Empty(again.Attempt.Read);
        Assert.Equal(Then, again.FileRead(cut).PassEnded(Missing, At(Then.AddMinutes(1))).Attempt.ShortSince);
        Assert.Equal(500, Ingesting.FileRead(cut with { Fault = new string('x', 501) })
            .PassEnded(Missing, At(Now)).Snapshot.LastPollError!.Length);
    }

    [Fact]
    public void What_is_missing_for_good_is_said_and_needs_nobody_meanwhile()
    {
        var cut = new FileProgress("f", 3, 2, 2, Fault: new string('x', 501), Cut: true);
        var settled = Ingesting.Failed(Error(ProviderErrorClass.NeedsAttention, 403), At(Now))
            .FileRead(cut).FileRead(new FileProgress("e")).Trying(attempt => attempt with { ShortSince = Now, Pass = 5 })
            .PassEnded(Missing, At(Now + Pace.PassesFor));

        Assert.Equal((BatchPhase.Reconciling, Now + Pace.PassesFor, 0, false, 1L),
            (settled.Snapshot.Phase, settled.Snapshot.NextPollAt!.Value, settled.Snapshot.ConsecutiveFailures,
                settled.Snapshot.NeedsAttention, settled.Quarantined));
        Assert.Equal((500, 500), (settled.Snapshot.LastPollError!.Length, settled.Attempt.Shortfall!.Length));
        var ended = settled.Reconciled(BatchStatus.Completed, Then).ItemJobsDone();
        Assert.Equal(settled.Attempt.Shortfall, ended.Snapshot.LastPollError);
        Assert.Equal(settled.Attempt.Shortfall, ended.Finished().Snapshot.LastPollError);
    }

    [Fact]
    public void An_answer_keeps_how_far_the_files_were_read_that_it_still_names()
    {
        var file = new ResultFile(0, "output file", "f");
        var read = Ingesting.Ingested(new IngestTally(Conflicts: 2, Quarantined: 3), new FileProgress("f", 3), Now);

        var named = read.Polled(Ending(file), At(Then));
        Assert.Equal((1, 2L, 3L, true, 1), (named.Attempt.Read.Length, named.Attempt.Conflicts, named.Quarantined,
            named.Attempt.AskedAnew, named.Attempt.Pass));
        var forgotten = read.Polled(Ending(), At(Then));
        Assert.Equal((0, 0L, 0L), (forgotten.Attempt.Read.Length, forgotten.Attempt.Conflicts, forgotten.Quarantined));
        Assert.Equal(
            [new BatchError("c", "m")], read.Polled(Ending() with { Faults = [new ProviderFault("c", "m")] }, At(Then)).Snapshot.Errors);
        Assert.Equal(ProviderFault.Most, read.Polled(
            Ending() with { Faults = [.. Enumerable.Repeat(new ProviderFault("c", "m"), ProviderFault.Most + 1)] }, At(Then))
            .Snapshot.Errors.Length);

        static ProviderBatch Ending(params ResultFile[] files) => Answer(ProviderStage.Ended, ProviderEnd.Completed) with { Files = files };
    }

    private static Batch Reading(ResultFile file) => Polling.Polled(Ended(new ProviderCounts(), file), At(Now));

    private static ProviderBatch Ended(ProviderCounts counts, params ResultFile[] files) =>
        Answer(ProviderStage.Ended, ProviderEnd.Completed) with { Counts = counts, Files = files };

    private static FileProgress Whole(ResultFile file, int lines) => new(file.Id, lines, lines, lines, Ended: true);

    private static Batch Pass(Batch batch, ExpectedLines lines, DateTimeOffset now, params (ResultFile File, FileProgress Read)[] files) =>
        files.Aggregate(batch, (so, file) => so.FileRead(file.Read))
            .PassEnded(new MissingItem(ItemOutcome.MissingResult(), lines), At(now));
}
