using JobTracker.Batches;

namespace JobTracker.Tests.Unit.Batches;

public sealed class BatchIdTests
{
    [Fact]
    public void An_id_reads_what_it_writes_and_rises()
    {
        var (first, second) = (BatchId.New(TimeProvider.System), BatchId.New(TimeProvider.System));
        Assert.Equal(first, BatchId.Parse(first.ToString()));
        Assert.True(first < second);
        Assert.StartsWith("batch-", first.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("batch-")]
    [InlineData("job-019b7c8d-f708-7abc-8def-0123456789ab")]
    [InlineData("batch-019B7C8D-f708-7abc-8def-0123456789ab")]
    [InlineData("batch-job-019b7c8d-f708-7abc-8def-0123456789ab")]
    public void Anything_else_is_no_id(string? text) => Assert.False(BatchId.TryParse(text, out _));
}
