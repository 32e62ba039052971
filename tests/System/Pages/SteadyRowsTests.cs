namespace JobTracker.Tests.Processes.Pages;

/// <summary>Rows never move under the pointer: they change in place, new ones wait, and a pause stops all of it.</summary>
[Collection("processes")]
public sealed class SteadyRowsTests(PageSite site)
{
    [Fact]
    public async Task Rows_stay_where_they_are_and_new_ones_wait_behind_their_number()
    {
        using var api = await site.ApiAsync();
        var ids = await api.CreateManyAsync(5, _ => new { job_type = "steady", status = "running", tags = new[] { "steady" } });
        await using var page = await site.OpenAsync("/ui/jobs?tag=steady&status=running");
        await page.UntilLiveAsync();
        var rows = await page.RowsAsync();
        var hovered = page.Page.Locator("tr[data-row]").Nth(2);
        await hovered.HoverAsync();
        await hovered.Locator("a[data-open]").FocusAsync();
        var place = await hovered.BoundingBoxAsync();

        // The third from the top is the third that was made last.
        await api.PatchAsync(ids[2], new { status = "completed" });
        await api.CreateManyAsync(3, _ => new { job_type = "steady", status = "running", tags = new[] { "steady" } });
        await page.UntilTextAsync("tr[data-row]:nth-of-type(3)", "completed");
        await page.UntilTextAsync("main .toolbar [role=status]", "^\\s*3 new");

        Assert.Equal(rows, await page.RowsAsync());
        Assert.Equal(place!.Y, (await hovered.BoundingBoxAsync())!.Y, 1.0);
        Assert.True(await hovered.Locator("a[data-open]").EvaluateAsync<bool>("a => a === document.activeElement"));
        await page.Page.GetByText("3 new").First.ClickAsync();
        await page.Page.WaitForFunctionAsync("() => document.querySelectorAll('tr[data-row]').length === 7");
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_pause_stops_the_list_until_it_goes_on()
    {
        using var api = await site.ApiAsync();
        var id = (await api.CreateManyAsync(1, _ => new { job_type = "paused", status = "pending", tags = new[] { "paused" } }))[0];
        await using var page = await site.OpenAsync("/ui/jobs?tag=paused");
        await using var other = await site.OpenAsync("/ui/jobs?tag=paused");
        await page.UntilLiveAsync();
        await other.UntilLiveAsync();
        await page.Page.Keyboard.PressAsync(".");
        await page.UntilTextAsync("main", "paused");

        await api.PatchAsync(id, new { status = "running" });
        // The other list shows what this one would have shown by now.
        await other.UntilTextAsync("tr[data-row]", "running");
        Assert.Contains("pending", await page.Page.Locator("tr[data-row]").First.InnerTextAsync(), StringComparison.Ordinal);
        await page.Page.Keyboard.PressAsync(".");
        await page.UntilTextAsync("tr[data-row]", "running");
    }
}
