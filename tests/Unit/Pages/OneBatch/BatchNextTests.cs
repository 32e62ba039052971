using JobTracker.Batches;
using JobTracker.Pages.OneBatch;
using JobTracker.Tests.Unit.Gateway.Batches;

namespace JobTracker.Tests.Unit.Pages.OneBatch;

/// <summary>What is done for a batch next.</summary>
public sealed class BatchNextTests
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Every_phase_has_a_sentence_that_ends_before_the_moment_where_there_is_one()
    {
        foreach (var phase in Enum.GetValues<BatchPhase>())
        {
            var with = BatchNext.Of(BatchSnapshots.Created with { Phase = phase, NextPollAt = At });
            var without = BatchNext.Of(BatchSnapshots.Created with { Phase = phase, NextPollAt = null });
            Assert.Equal(with.At is null, with.Before.EndsWith('.'));
            Assert.Null(without.At);
            Assert.EndsWith(".", without.Before, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_batch_that_is_being_cancelled_says_so()
    {
        var batch = BatchSnapshots.Created with { Phase = BatchPhase.Polling, NextPollAt = At };
        Assert.Equal(new BatchNext("The provider is asked how it stands", At), BatchNext.Of(batch));
        Assert.StartsWith(
            "The provider was asked to cancel it", BatchNext.Of(batch with { CancelRequestedAt = At }).Before, StringComparison.Ordinal);
    }
}
