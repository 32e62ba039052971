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

    private static Batch Reading(ResultFile file) => Polling.Polled(Ended(new ProviderCounts(), file), At(Now));

    private static ProviderBatch Ended(ProviderCounts counts, params ResultFile[] files) =>
        Answer(ProviderStage.Ended, ProviderEnd.Completed) with { Counts = counts, Files = files };

    private static FileProgress Whole(ResultFile file, int lines) => new(file.Id, lines, lines, lines, Ended: true);

    private static Batch Pass(Batch batch, ExpectedLines lines, DateTimeOffset now, params (ResultFile File, FileProgress Read)[] files) =>
        files.Aggregate(batch, (so, file) => so.FileRead(file.Read))
            .PassEnded(new MissingItem(ItemOutcome.MissingResult(), lines), At(now));
}
