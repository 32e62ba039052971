using Bunit;
using JobTracker.Pages.Json;

namespace JobTracker.Tests.Unit.Pages.Components;

/// <summary>Documents that strangers wrote, on a page.</summary>
public sealed class JsonPartsTests : IDisposable
{
    private readonly BunitContext _parts = new();

    [Fact]
    public void A_tree_is_open_at_its_root_alone_and_its_texts_are_texts()
    {
        var part = Tree("""{"a": {"<b>bold</b>": "<script>alert(1)</script>"}, "n": [1, null]}""");
        Assert.Equal([true, false, false], part.FindAll("details").Select(details => details.HasAttribute("open")));
        Assert.Equal(["a", "<b>bold</b>", "n"], part.FindAll(".name").Select(name => name.TextContent).Where(name => !int.TryParse(name, out _)));
        Assert.Contains("<script>alert(1)</script>", part.Find(".string").TextContent, StringComparison.Ordinal);
        Assert.Empty(part.FindAll("script, b"));
    }

    [Fact]
    public void What_is_no_JSON_is_shown_as_it_is()
    {
        var part = Tree("{\"a\": <i>");
        Assert.Equal("{\"a\": <i>", part.Find("pre").TextContent);
        Assert.Empty(part.FindAll("details"));
    }

    [Theory]
    [InlineData(64 * 1024, 1)]
    [InlineData((64 * 1024) + 1, 0)]
    public void A_document_that_is_too_large_to_copy_can_be_downloaded_alone(int length, int copies)
    {
        var part = Block($"\"{new string('x', length - 2)}\"");
        Assert.Equal(copies, part.FindComponents<JobTracker.Pages.Parts.CopyButton>().Count);
        Assert.Equal("/there", part.Find("a[download]").GetAttribute("href"));
    }

    [Fact]
    public void No_document_is_said_to_be_none() => Assert.Equal("None.", Block(null).Find("p").TextContent);

    public void Dispose() => _parts.Dispose();

    private IRenderedComponent<JsonTree> Tree(string text) => _parts.Render<JsonTree>(of => of.Add(part => part.Text, text));

    private IRenderedComponent<JsonBlock> Block(string? text) => _parts.Render<JsonBlock>(of => of
        .Add(part => part.Title, "Metadata")
        .Add(part => part.Text, text)
        .Add(part => part.Download, "/there"));
}
