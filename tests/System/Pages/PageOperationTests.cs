using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace JobTracker.Tests.Processes.Pages;

/// <summary>Acting on all matches: what was previewed is what changes, whoever looks on.</summary>
[Collection("processes")]
public sealed partial class PageOperationTests(PageSite site)
{
    private const int Many = 1_200;

    [Fact]
    public async Task An_operation_on_1200_matches_changes_all_of_them_and_no_others_though_the_browser_is_closed()
    {
        using var api = await site.ApiAsync();
        await api.CreateManyAsync(Many, _ => new { job_type = "bulk", status = "running", tags = new[] { "bulk-these" } });
        await api.CreateManyAsync(50, _ => new { job_type = "bulk", status = "running", tags = new[] { "bulk-others" } });
        var preview = (await api.PostAsync(
            "/v1/operations", new { action = "cancel", filter = new { tag = new[] { "bulk-these" } }, dry_run = true })).GetProperty("matched");

        string operation;
        await using (var page = await site.OpenAsync("/ui/jobs?tag=bulk-these"))
        {
            await page.Page.Locator("a[href*='/ui/operations/new?action=cancel']").First.ClickAsync();
            await page.UntilTextAsync("main", "1,200");
            Assert.Equal(Many, preview.GetInt64());
            var start = page.Page.Locator("form[data-type-to-confirm] button[type=submit]");
            await Assertions.Expect(start).ToBeDisabledAsync();
            await page.Page.Locator("input[data-confirm]").FillAsync(Many.ToString(CultureInfo.InvariantCulture));
            await start.ClickAsync();
            await page.Page.WaitForURLAsync(OperationPage());
            operation = new Uri(page.Page.Url).Segments[^1];
        }
        await EndAsync(api, operation, "completed");
        Assert.Equal(Many, await api.CountAsync("tag=bulk-these&status=cancelled"));
        Assert.Equal(50, await api.CountAsync("tag=bulk-others&status=running"));
    }

    [Fact]
    public async Task Abort_stops_an_operation()
    {
        using var api = await site.ApiAsync();
        await api.CreateManyAsync(400, _ => new { job_type = "bulk", status = "running", tags = new[] { "bulk-aborted" } });
        var made = await api.PostAsync(
            "/v1/operations", new { action = "cancel", filter = new { tag = new[] { "bulk-aborted" } }, max_per_second = 20 });
        var id = made.GetProperty("id").GetString()!;
        await using var page = await site.OpenAsync($"/ui/operations/{id}");
        await page.Page.GetByRole(AriaRole.Button, new() { NameRegex = AbortWord() }).First.ClickAsync();
        await page.UntilTextAsync("main", "cancelled");
        await EndAsync(api, id, "cancelled");
        Assert.InRange(await api.CountAsync("tag=bulk-aborted&status=running"), 1, 399);
    }

    private static Task EndAsync(PageApi api, string id, string status) => Polling.UntilAsync(
        TimeSpan.FromSeconds(40),
        async () => (await api.GetAsync($"/v1/operations/{id}")).GetProperty("status").GetString() == status,
        () => $"{id} is not {status}");

    [GeneratedRegex("/ui/operations/operation-", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex OperationPage();

    [GeneratedRegex("abort", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex AbortWord();
}
