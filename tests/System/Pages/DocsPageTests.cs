using Microsoft.Playwright;

namespace JobTracker.Tests.Processes.Pages;

[Collection("processes")]
public sealed class DocsPageTests(PageSite site)
{
    /// <summary>Characters.</summary>
    private const int LongestLabel = 60;

    [Fact]
    public async Task The_reference_asks_nobody_else_for_anything_and_offers_nobodys_cloud()
    {
        var silo = await site.SiloAsync();
        var page = await (await site.BrowserAsync()).NewPageAsync();
        List<string> foreign = [];
        List<string> complaints = [];
        page.Request += (_, request) => Note(foreign, request.Url, when: !IsOwn(request.Url, silo.Api.Address));
        page.Console += (_, message) => Note(complaints, message.Text, when: message.Type == "error");

        await page.GotoAsync(new Uri(silo.Api.Address, "/docs").AbsoluteUri);
        // The list of operations is there when the document has been read and shown; opening one loads what comes late.
        await page.GetByText("Make a job").First.ClickAsync();
        await page.GetByText("Makes a repeated request safe").First.WaitForAsync();
        await page.WaitForLoadStateAsync(LoadState.NetworkIdle);

        // What is written on what can be clicked. Whole descriptions can be, too, and may have the same words: they are no labels.
        var labels = (await page.Locator("button, a, [role=button]").AllInnerTextsAsync()).Where(text => text.Length <= LongestLabel).ToList();
        Assert.Empty(foreign);
        Assert.Empty(complaints);
        Assert.Contains(labels, label => label.Contains("Make a job", StringComparison.Ordinal));
        Assert.All(["Ask AI", "Generate", "Deploy", "Share", "Configure", "Open API Client", "MCP"],
            offer => Assert.DoesNotContain(labels, label => label.Contains(offer, StringComparison.OrdinalIgnoreCase)));
    }

    private static bool IsOwn(string url, Uri address) => url.StartsWith(address.AbsoluteUri, StringComparison.Ordinal)
        || url.StartsWith("data:", StringComparison.Ordinal) || url.StartsWith("blob:", StringComparison.Ordinal);

    private static void Note(List<string> list, string what, bool when)
    {
        if (!when)
            return;
        lock (list)
            list.Add(what);
    }
}
