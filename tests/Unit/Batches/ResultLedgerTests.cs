using System.Text;
using JobTracker.Batches;
using JobTracker.Batches.Jsonl;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Rules;

namespace JobTracker.Tests.Unit.Batches;

/// <summary>What result lines come to, once it is known which of them the items took.</summary>
public sealed class ResultLedgerTests
{
    private static readonly HashSet<string> Nothing = [];
    private static readonly Dictionary<string, bool> Nobody = [];

    [Fact]
    public void Of_each_item_its_first_line_is_tried_and_what_settled_nothing_is_compared()
    {
        var ledger = Of(Line(1, "a", "1"), Line(2, "b", "2"), Line(3, "a", "1"), Line(4, "a", "other"), Line(5, "A", "1"));

        Assert.Equal([1, 2, 5], ledger.First.Select(line => line.At.Line));
        Assert.Equal([1, 5], ledger.Rest(new HashSet<string> { "b" }).Select(line => line.At.Line));
        Assert.Empty(ledger.Rest(new HashSet<string> { "a", "b", "A" }));
    }

    [Fact]
    public void An_item_that_is_settled_counts_under_its_status()
    {
        var ledger = Of(
            Line(1, "a", "1"), Line(2, "b", "2"), Line(3, "c", "3", ItemStatus.Failed), Line(4, "d", "4", ItemStatus.Cancelled),
            Line(5, "e", "5", ItemStatus.Expired));

        var (tally, kept) = ledger.Close(new HashSet<string> { "a", "b", "c", "d", "e" }, Nobody, quarantined: 0);

        Assert.Equal(new IngestTally(Completed: 2, Failed: 1, Cancelled: 1, Expired: 1), tally);
        Assert.Empty(kept);
    }

    [Fact]
    public void The_same_line_again_is_no_change_and_another_one_a_conflict_in_one_chunk_and_over_several()
    {
        var inOne = Of(Line(1, "a", "1"), Line(2, "a", "1"), Line(3, "a", "other"), Line(4, "a", "1"), Line(5, "a", "third"));
        Assert.Equal(
            new IngestTally(Completed: 1, Same: 2, Conflicts: 2), inOne.Close(new HashSet<string> { "a" }, Nobody, quarantined: 0).Tally);

        var over = Of(Line(1, "a", "1"), Line(2, "b", "2"), Line(3, "c", "3"), Line(4, "b", "other"));
        var known = new Dictionary<string, bool> { ["a"] = true, ["b"] = false, ["c"] = false };
        var (tally, kept) = over.Close(Nothing, known, quarantined: 0);
        Assert.Equal(new IngestTally(Same: 1, Conflicts: 3), tally);
        Assert.Empty(kept);
    }

    [Fact]
    public void Every_line_of_a_stranger_is_set_aside_behind_those_that_were_before()
    {
        var broken = new QuarantinedLine(new ResultCursor(1, 9), "not JSON", "{"u8.ToArray());
        var ledger = new ResultLedger([Line(1, "x", "1"), Line(2, "a", "2"), Line(3, "x", "other"), Line(4, "y", "3")], [broken]);

        var (tally, kept) = ledger.Close(new HashSet<string> { "a" }, Nobody, quarantined: 0);

        Assert.Equal(new IngestTally(Completed: 1, Quarantined: 4), tally);
        Assert.Equal([(1, 9L), (0, 1L), (0, 4L), (0, 3L)], kept.Select(line => (line.At.File, line.At.Line)));
        Assert.Equal("not JSON", kept[0].Reason);
        Assert.All(kept.Skip(1), line => Assert.Equal("No item of this submission has the custom_id.", line.Reason));
        Assert.Equal(["{", "1", "3", "other"], kept.Select(line => Encoding.UTF8.GetString(line.Raw.Span)));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(ResultLedger.MostQuarantined - 2, 2)]
    [InlineData(ResultLedger.MostQuarantined - 1, 1)]
    [InlineData(ResultLedger.MostQuarantined, 0)]
    [InlineData(ResultLedger.MostQuarantined + 5L, 0)]
    public void So_many_lines_are_kept_of_a_batch_and_all_are_counted(long before, int expected)
    {
        var (tally, kept) = Of(Line(1, "x", "1"), Line(2, "y", "2")).Close(Nothing, Nobody, before);

        Assert.Equal((2L, expected), (tally.Quarantined, kept.Count));
    }

    [Theory]
    [InlineData(JsonlReader.KeptOfTooLong, 500)]
    [InlineData(JsonlReader.KeptOfTooLong + 1, 501)]
    public void What_is_kept_of_a_line_is_its_beginning(int bytes, int characters)
    {
        var huge = new QuarantinedLine(default, new string('r', characters), new byte[bytes]);

        var kept = Assert.Single(new ResultLedger([], [huge]).Close(Nothing, Nobody, quarantined: 0).Kept);

        Assert.Equal((JsonlReader.KeptOfTooLong, 500), (kept.Raw.Length, kept.Reason.Length));
    }

    [Fact]
    public void A_ledger_is_what_it_was_made_of_whatever_becomes_of_the_lists()
    {
        List<QuarantinedLine> aside = [new(default, "why", default)];
        List<ResultLine.Item> items = [Line(1, "a", "1")];
        var ledger = new ResultLedger(items, aside);
        aside.Clear();
        items.Clear();

        Assert.Equal(
            new IngestTally(Completed: 1, Quarantined: 1), ledger.Close(new HashSet<string> { "a" }, Nobody, quarantined: 0).Tally);
    }

    private static ResultLedger Of(params ResultLine.Item[] lines) => new(lines, []);

    private static ResultLine.Item Line(long number, string customId, string raw, ItemStatus status = ItemStatus.Completed) =>
        new(new ResultCursor(0, number), Encoding.UTF8.GetBytes(raw), customId, new ItemOutcome(status));
}
