using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes.Pages;

/// <summary>What workers write is text, however it looks and however long it is; and what is copied runs.</summary>
[Collection("processes")]
public sealed class HostileTests(PageSite site)
{
    private const string Html = "<img src=x onerror=\"window.hit=1\"><script>window.hit=1</script>\"'><b>bold</b> ${7*7} {{7*7}}";

    [Fact]
    public async Task Hostile_text_stays_text_on_a_jobs_page_and_in_lists()
    {
        using var api = await site.ApiAsync();
        var id = await api.CreateAsync(new
        {
            job_type = "hostile",
            tags = new[] { "hostile" },
            status = "running",
            metadata = new Dictionary<string, string> { [Html] = Html },
        });
        await api.PatchAsync(id, new { progress = new { completed = 1, message = Html } });
        await api.PatchAsync(id, new { status = "failed", error = new { code = Html, message = Html } });
        await using var page = await site.OpenAsync($"/ui/jobs/{id}");
        await page.UntilLiveAsync();
        Assert.Contains(Html, await page.Page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        await page.GoAsync("/ui/jobs?tag=hostile");
        await page.UntilLiveAsync();
        await page.GoAsync($"/ui/jobs?user_id={Uri.EscapeDataString(Html)}");
        Assert.Null(await page.Page.EvaluateAsync<int?>("() => window.hit ?? null"));
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task Five_megabytes_of_JSON_leave_the_page_responsive()
    {
        using var api = await site.ApiAsync();
        var id = await api.CreateAsync(new { job_type = "large", metadata = PageApi.Large(5_000_000) });
        var began = TimeProvider.System.GetTimestamp();
        await using var page = await site.OpenAsync($"/ui/jobs/{id}");
        await page.UntilLiveAsync();
        await page.UntilTextAsync("main", "field_000001");
        var pressed = await page.Page.EvaluateAsync<double>("""
            async () => { const began = performance.now(); document.querySelector('main details summary').click();
                await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done))); return performance.now() - began; }
            """);
        var took = TimeProvider.System.GetElapsedTime(began);
        Assert.True(took < TimeSpan.FromSeconds(10) && pressed < 1_000, $"shown after {took}, pressed in {pressed} ms");
        Assert.True((await page.Page.ContentAsync()).Length < 1_000_000);
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task The_copied_curl_runs()
    {
        using var api = await site.ApiAsync();
        var id = await api.CreateAsync(new { job_type = "curled" });
        await using var page = await site.OpenAsync($"/ui/jobs/{id}");
        var command = await page.Page.Locator("[data-copy^='curl ']").First.GetAttributeAsync("data-copy");
        Assert.Contains("$JOBTRACKER_API_KEY", command, StringComparison.Ordinal);
        var answer = await ProcessRun.OutputAsync("bash", "-c", command!);
        Assert.Contains(id, answer, StringComparison.Ordinal);
        await page.Page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.Page.Locator("[data-copy^='curl ']").First.ClickAsync();
        Assert.Equal(command, await page.Page.EvaluateAsync<string>("() => navigator.clipboard.readText()"));
    }
}
