using JobTracker.Pages.Shell;

namespace JobTracker.Tests.Unit.Pages.Shell;

public sealed class PageAssetsTests
{
    /// <summary>Bytes of ours that a browser loads beside a page: the bar of docs/benchmarks.md.</summary>
    private const int Most = 35 * 1024;

    [Fact]
    public void Every_file_has_an_address_of_its_content() => Assert.All(
        new[] { "pages.css", "pages.js", "start.js", "icon.svg", "blazor.web.js" },
        name => Assert.Matches($"^/ui/assets/[0-9a-f]{{16}}/{name}$", PageAssets.PathOf(name)));

    [Fact]
    public void Style_and_scripts_of_ours_are_small()
    {
        var pages = typeof(PageAssets).Assembly;
        var bytes = new[] { "pages.css", "pages.js", "start.js" }.Sum(name => pages.GetManifestResourceStream($"assets/{name}")!.Length);
        Assert.InRange(bytes, 1, Most);
    }
}
