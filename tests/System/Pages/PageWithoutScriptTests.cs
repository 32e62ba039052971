using Microsoft.Playwright;

namespace JobTracker.Tests.Processes.Pages;

/// <summary>Pages are readable without a script, and without a socket; what cannot work then is not offered.</summary>
[Collection("processes")]
public sealed class PageWithoutScriptTests(PageSite site)
{
    [Fact]
    public async Task Without_JavaScript_a_job_shows_its_status_its_progress_and_what_is_next_and_can_be_cancelled()
    {
        using var api = await site.ApiAsync();
        var id = await RunningAsync(api);
        await using var page = await site.OpenAsync($"/ui/jobs/{id}", new() { JavaScriptEnabled = false });

        await page.UntilTextAsync("main", "running");
        await page.UntilTextAsync("main", "3 of 10");
        await page.UntilTextAsync("main", "third of ten");
        await page.UntilTextAsync("main", "What happens next");
        await page.Page.Locator("summary", new() { HasText = "Cancel" }).First.ClickAsync();
        await page.Page.GetByRole(AriaRole.Button, new() { Name = "Cancel" }).First.ClickAsync();
        await page.UntilTextAsync("main", "cancelled");
        Assert.Equal("cancelled", (await api.GetAsync($"/v1/jobs/{id}")).GetProperty("status").GetString());
    }

    [Fact]
    public async Task Without_a_socket_a_page_is_readable_and_says_that_it_is_not_live_and_no_button_is_dead()
    {
        using var api = await site.ApiAsync();
        var id = await RunningAsync(api);
        await using var page = await site.OpenAsync("/ui/");
        await page.Page.Context.RouteWebSocketAsync("**/_blazor**", socket => _ = socket.CloseAsync());
        await page.GoAsync($"/ui/jobs/{id}");

        await page.UntilTextAsync("main", "third of ten");
        await page.UntilTextAsync("p.note.offline", "not live|lost");
        await page.GoAsync("/ui/jobs");
        await page.UntilTextAsync("p.note.offline", "not live|lost");
        // What is shown can be pressed without a circuit: a form, a link, a disclosure, a script of the page's own.
        var dead = await page.Page.EvaluateAsync<string[]>("""
            () => [...document.querySelectorAll('main button')].filter(b => b.checkVisibility())
                .filter(b => !b.form && !b.matches('[data-copy],[data-keys-help],summary')).map(b => b.textContent)
            """);
        Assert.Empty(dead);
    }

    private static async Task<string> RunningAsync(PageApi api)
    {
        var id = await api.CreateAsync(new { job_type = "scriptless", status = "running", timeout_seconds = 3600 });
        await api.PatchAsync(id, new { progress = new { completed = 3, total = 10, message = "third of ten" } });
        return id;
    }
}
