using JobTracker.Batches;
using JobTracker.Pages.Batches;
using JobTracker.Tests.Unit.Gateway.Batches;

namespace JobTracker.Tests.Unit.Pages.Batches;

/// <summary>A page of the list, and how far it reaches.</summary>
public sealed class BatchListTests
{
    private static readonly BatchSnapshot[] Newest =
    [
        .. Enumerable.Range(0, 4).Select(_ => BatchSnapshots.Created with { Id = BatchId.New(TimeProvider.System) })
            .OrderByDescending(one => one.Id),
    ];

    [Fact]
    public void It_goes_on_where_there_is_more()
    {
        var page = new BatchPage([Newest[1], Newest[2]], HasNext: true, HasPrevious: true);
        var list = BatchList.Of(page, new BatchQuery { After = Newest[0].Id });
        Assert.Equal((Newest[1].Id, Newest[2].Id), (list.Newer, list.Older));
        Assert.Equal([Newest[1].Id, Newest[2].Id], list.Rows.Select(row => row.Id));
        Assert.Equal([true, true, false], Newest[1..].Select(batch => list.Covers(batch.Id)));
    }

    [Fact]
    public void Alone_it_covers_all_there_are()
    {
        var list = BatchList.Of(new BatchPage([Newest[1], Newest[2]], HasNext: false, HasPrevious: false), new BatchQuery());
        Assert.Equal((null, null), (list.Newer, list.Older));
        Assert.All(Newest, batch => Assert.True(list.Covers(batch.Id)));
    }

    [Fact]
    public void Two_readings_of_the_same_are_equal_and_any_change_is_one()
    {
        var list = Of(Newest[0], Newest[1]);
        Assert.Equal(list, Of(Newest[0], Newest[1]));
        Assert.NotEqual(list, Of(Newest[0], Newest[1] with { Counts = new BatchCounts(1, 1) }));
        Assert.NotEqual(list, Of(Newest[0]));
        Assert.NotEqual(list, list with { Gone = list.Gone.Add(Newest[2].Id, null) });
    }

    private static BatchList Of(params BatchSnapshot[] batches) =>
        BatchList.Of(new BatchPage([.. batches], HasNext: false, HasPrevious: false), new BatchQuery());
}
