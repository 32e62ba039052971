using JobTracker.Batches;

namespace JobTracker.Tests.Unit.Batches;

public sealed class ItemChunksTests
{
    [Theory]
    [InlineData(ItemChunk.MaxItems, 0)]
    [InlineData(ItemChunk.MaxItems + 1, 1)]
    public void A_chunk_has_1000_items_at_most(int items, int full)
    {
        var (chunks, count) = Cut(items, bytes: 1);

        Assert.Equal((full + 1, (long)items), (chunks.Count, count));
        Assert.Equal(items, chunks.Sum(chunk => chunk.Items.Length));
        Assert.All(chunks, chunk => Assert.InRange(chunk.Items.Length, 1, ItemChunk.MaxItems));
    }

    [Theory]
    [InlineData(ItemChunk.MaxBytes / 2, 1)]
    [InlineData((ItemChunk.MaxBytes / 2) + 1, 2)]
    [InlineData(ItemChunk.MaxBytes + 1, 2)]
    public void A_chunk_has_8_MiB_at_most_unless_it_is_one_item(int bytes, int chunks) => Assert.Equal(chunks, Cut(2, bytes).Chunks.Count);

    [Fact]
    public void Each_chunk_says_how_many_items_came_before() =>
        Assert.Equal([0L, 1000L, 2000L], Cut(2500, 1).Chunks.Select(chunk => chunk.First));

    [Fact]
    public void Nothing_makes_no_chunk() => Assert.Empty(Cut(0, 1).Chunks);

    private static (List<ItemChunk> Chunks, long Count) Cut(int items, int bytes)
    {
        List<ItemChunk> chunks = [];
        var cutter = new ItemChunks();
        for (var item = 0; item < items; item++)
        {
            if (cutter.Add(new NewItem { CustomId = $"i{item}", Params = new byte[bytes] }) is { } full)
                chunks.Add(full);
        }
        if (cutter.Rest() is { } rest)
            chunks.Add(rest);
        return (chunks, cutter.Count);
    }
}
