using Microsoft.Playwright;

namespace JobTracker.Tests.Processes.Pages;

/// <summary>The keyboard alone can filter, open, select and act; it is silent while somebody types, and where it is turned off.</summary>
[Collection("processes")]
public sealed class KeyboardTests(PageSite site)
{
    [Fact]
    public async Task The_keyboard_alone_filters_opens_selects_and_acts()
    {
        using var api = await site.ApiAsync();
        var ids = await api.CreateManyAsync(3, _ => new { job_type = "typed", status = "running", tags = new[] { "typed" } });
        await using var page = await site.OpenAsync("/ui/");
        await page.UntilLiveAsync();
        var keys = page.Page.Keyboard;
        await keys.PressAsync("g");
        await keys.PressAsync("j");
        await page.Page.WaitForURLAsync("**/ui/jobs");
        await page.UntilLiveAsync();

        await keys.PressAsync("/");
        Assert.True(await page.Page.EvaluateAsync<bool>("() => document.activeElement.matches('[data-filter]')"));
        // Silent while somebody types: no help, no other page.
        await keys.TypeAsync("typed");
        await keys.PressAsync("Enter");
        await page.Page.WaitForURLAsync("**tag=typed**");
        await page.UntilLiveAsync();
        Assert.Equal(3, (await page.RowsAsync()).Length);

        await keys.PressAsync("j");
        await keys.PressAsync("j");
        await keys.PressAsync("k");
        await keys.PressAsync("x");
        Assert.Equal(1, await page.Page.Locator("input[data-select]:checked").CountAsync());
        await keys.PressAsync("Enter");
        await page.Page.WaitForURLAsync($"**/ui/jobs/{ids[^1]}");
        await page.Page.GoBackAsync();
        await page.UntilLiveAsync();

        await keys.PressAsync("j");
        await keys.PressAsync("x");
        var cancel = page.Page.Locator("button[name=action][value=cancel]");
        await cancel.FocusAsync();
        await keys.PressAsync("Enter");
        await page.Page.WaitForURLAsync("**/ui/operations/new**");
        await page.Page.Locator("main form[method=post] button[type=submit]").First.FocusAsync();
        await keys.PressAsync("Enter");
        await page.Page.WaitForURLAsync("**/ui/operations/operation-**");
        await Polling.UntilAsync(
            TimeSpan.FromSeconds(20), async () => await api.CountAsync("tag=typed&status=cancelled") == 1, () => "none was cancelled");
    }

    [Fact]
    public async Task The_list_of_keys_opens_by_a_key_and_no_key_does_anything_where_they_are_turned_off()
    {
        await using var page = await site.OpenAsync("/ui/jobs");
        await page.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Page.Locator("dialog#keys")).ToBeVisibleAsync();
        await page.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(page.Page.Locator("dialog#keys")).ToBeHiddenAsync();

        await page.Page.Locator("details.menu summary").ClickAsync();
        await page.Page.Locator("input[name=keys]").UncheckAsync();
        await page.Page.Locator("details.menu button", new() { HasText = "Apply" }).ClickAsync();
        await page.Page.WaitForFunctionAsync("() => document.documentElement.dataset.keys === 'off'");
        await page.Page.Keyboard.PressAsync("?");
        await Assertions.Expect(page.Page.Locator("dialog#keys")).ToBeHiddenAsync();
    }
}
