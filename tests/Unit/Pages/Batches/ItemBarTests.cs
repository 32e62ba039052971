using CsCheck;
using JobTracker.Batches;
using JobTracker.Pages.Batches;

namespace JobTracker.Tests.Unit.Pages.Batches;

/// <summary>A batch's items as a bar.</summary>
public sealed class ItemBarTests
{
    private static readonly Gen<long> Count = Gen.OneOf(Gen.Const(0L), Gen.Long[1, 3], Gen.Long[1, 1_000_000]);

    [Fact]
    public void It_is_as_wide_as_it_is_without_gaps_and_shows_every_status_that_has_an_item() =>
        Gen.Select(Count, Count, Count, Count, Count).Sample((pending, completed, failed, cancelled, expired) =>
        {
            var total = pending + completed + failed + cancelled + expired;
            var pieces = ItemBar.PiecesOf(new BatchCounts(total, pending, completed, failed, cancelled, expired));
            Assert.Equal(new[] { pending, completed, failed, cancelled, expired }.Count(count => count > 0), pieces.Length);
            Assert.All(pieces, piece => Assert.True(piece.Width > 0));
            var right = 0;
            foreach (var piece in pieces)
            {
                Assert.Equal(right, piece.Left);
                right += piece.Width;
            }
            Assert.Equal(total == 0 ? 0 : ItemBar.Width, right);
        });

    [Fact]
    public void Its_pieces_are_in_proportion() => Assert.Equal(
        [new BarPiece("completed", 0, 80), new BarPiece("failed", 80, 40), new BarPiece("pending", 120, 40)],
        ItemBar.PiecesOf(new BatchCounts(Total: 400, Pending: 100, Completed: 200, Failed: 100)));

    [Fact]
    public void It_has_words_for_who_does_not_see_it()
    {
        Assert.Equal("no items", ItemBar.TextOf(new BatchCounts()));
        Assert.Equal("1 completed of 1 item", ItemBar.TextOf(new BatchCounts(Total: 1, Completed: 1)));
        Assert.Equal(
            "1,200 completed, 3 failed, 1 expired, 2 cancelled, 4 pending of 1,210 items",
            ItemBar.TextOf(new BatchCounts(1_210, 4, 1_200, 3, 2, 1)));
    }
}
