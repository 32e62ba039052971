using JobTracker.Batches;
using JobTracker.Pages.OneBatch;

namespace JobTracker.Tests.Unit.Pages.OneBatch;

/// <summary>Which items an address of a batch asks for.</summary>
public sealed class ItemViewTests
{
    private static readonly BatchId Id = BatchId.Parse("batch-01890a5d-ac96-774b-bcce-b302099a8057");

    [Fact]
    public void An_address_says_all_of_it_and_is_read_back()
    {
        var view = new ItemView(Id, ItemStatus.Failed, "a/b&c", "d #1");
        Assert.Equal($"/ui/batches/{Id}?status=failed&after=a%2Fb%26c&item=d%20%231#item", view.Address);
        Assert.Equal(view, ItemView.Parse(Id, new Uri("http://localhost" + view.Address).Query));
        Assert.Equal($"/ui/batches/{Id}#items", new ItemView(Id).Address);
    }

    [Theory]
    [InlineData("")]
    [InlineData("?status=wrong&after=&item=")]
    [InlineData("?after=%00")]
    [InlineData("?other=1")]
    public void What_means_nothing_is_left_out(string search) => Assert.Equal(new ItemView(Id), ItemView.Parse(Id, search));

    [Fact]
    public void It_is_told_to_the_service_as_it_is()
    {
        var query = new ItemView(Id, ItemStatus.Failed, "a", "b").Read();
        Assert.Equal([ItemStatus.Failed], query.Statuses);
        Assert.Equal(("a", ItemView.PageItems), (query.After, query.Limit));
        Assert.Empty(new ItemView(Id).Read().Statuses);
    }
}
