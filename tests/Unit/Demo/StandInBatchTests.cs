using JobTracker.Silo.Demo.World;

namespace JobTracker.Tests.Unit.Demo;

public sealed class StandInBatchTests
{
    private static readonly DateTimeOffset Made = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    private static StandInBatch Batch => new(Made, [.. Enumerable.Range(1, 30).Select(StandInBatch.ItemId)], Place: 2);

    [Fact]
    public void The_id_tells_all_of_a_batch_that_was_made_before_a_restart()
    {
        var read = StandInBatch.Read(Batch.Id)!;

        Assert.Equal((Batch.Id, Batch.CreatedAt, Batch.EndsAt), (read.Id, read.CreatedAt, read.EndsAt));
        Assert.Equal(Batch.Items, read.Items);
    }

    [Theory]
    [InlineData("msgbatch_demo_1_2")]
    [InlineData("msgbatch_demo_1_x_1")]
    [InlineData("msgbatch_demo_1_-2_1")]
    [InlineData("msgbatch_demo_1_100001_1")]
    [InlineData("msgbatch_other_1_2_1")]
    [InlineData("")]
    public void Any_other_id_is_no_batch(string id) => Assert.Null(StandInBatch.Read(id));

    [Fact]
    public void It_can_be_watched_for_15_seconds_and_ends_within_45()
    {
        Assert.False(Batch.HasEnded(Made.AddSeconds(14)));
        Assert.True(Batch.HasEnded(Made.AddSeconds(45)));
    }

    [Fact]
    public void Its_results_tell_of_each_item_as_its_counts_do()
    {
        var counts = StandInAnswers.View(Batch, Made.AddSeconds(45))["request_counts"]!;
        var results = Enumerable.Range(0, 30)
            .Select(item => StandInAnswers.Line(Batch, item)["result"]!["type"]!.GetValue<string>()).CountBy(type => type)
            .ToDictionary(StringComparer.Ordinal);

        Assert.Equal((int)counts["succeeded"]!, results["succeeded"]);
        Assert.Equal((int)counts["errored"]!, results["errored"]);
    }

    [Fact]
    public void A_cancelled_one_ends_then_with_every_item_cancelled()
    {
        var cancelled = Batch with { CancelledAt = Made.AddSeconds(10) };

        Assert.True(cancelled.HasEnded(Made.AddSeconds(10)));
        Assert.Equal("canceled", (string)StandInAnswers.Line(cancelled, 3)["result"]!["type"]!);
        Assert.Equal(30, (int)StandInAnswers.View(cancelled, Made.AddSeconds(11))["request_counts"]!["canceled"]!);
    }
}
