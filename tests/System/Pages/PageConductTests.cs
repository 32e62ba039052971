using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace JobTracker.Tests.Processes.Pages;

/// <summary>
/// What holds for every page: it loads nothing from elsewhere, breaks no policy, complains of nothing, and everybody can use it.
/// </summary>
[Collection("processes")]
public sealed class PageConductTests(PageSite site)
{
    /// <summary>Every page there is; ids stand for those of a site that has something of everything.</summary>
    private static readonly string[] Paths =
    [
        "/ui/", "/ui/jobs", "/ui/jobs?status=failed&status=running", "/ui/jobs?tag=nobody-has-this", "/ui/jobs?status=wrong", "/ui/jobs/{job}",
        "/ui/jobs/{ended}", "/ui/jobs/job-00000000-0000-7000-8000-000000000000", "/ui/batches", "/ui/callbacks", "/ui/operations",
        "/ui/operations/new?action=cancel&tag=conduct", "/ui/operations/{operation}", "/ui/admin/organizations", "/ui/admin/keys",
        "/ui/admin/audit", "/ui/admin/cluster", "/ui/nowhere",
    ];

    [Fact]
    public async Task No_page_loads_from_elsewhere_breaks_the_policy_or_fails_the_rules_of_accessibility()
    {
        var ids = await SeedAsync();
        List<string> faults = [];
        await using var light = await site.OpenAsync("/ui/", new() { ColorScheme = ColorScheme.Light });
        foreach (var path in Paths.Select(path => Named(path, ids)))
        {
            await light.GoAsync(path);
            await SettleAsync(light);
            faults.AddRange((await light.Page.RunAxe()).Violations.Select(violation => $"{path}: {TextOf(violation)}"));
            await light.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark });
            // Nothing but colours changes.
            faults.AddRange((await light.Page.RunAxe(Colours)).Violations.Select(violation => $"{path}, dark: {TextOf(violation)}"));
            await light.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });
            Assert.Single(await light.Page.Locator("h1").AllAsync());
        }
        faults.AddRange(light.Complaints.Where(complaint => !IsNotFound(complaint)));
        Assert.True(faults.Count == 0, string.Join('\n', faults));
    }

    private static AxeRunOptions Colours { get; } = new()
    {
        RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] },
    };

    /// <summary>Pages that are not there are asked for on purpose, and the browser tells of each.</summary>
    private static bool IsNotFound(string complaint) =>
        complaint.Contains("status of 404", StringComparison.Ordinal) || complaint.Contains("status of 422", StringComparison.Ordinal);

    private static async Task SettleAsync(WatchedPage page)
    {
        if (await page.Page.Locator("jt-live").CountAsync() > 0)
            await page.UntilLiveAsync();
    }

    private static string Named(string path, Dictionary<string, string> ids) =>
        ids.Aggregate(path, (named, id) => named.Replace($"{{{id.Key}}}", id.Value, StringComparison.Ordinal));

    private static string TextOf(AxeResultItem violation) =>
        $"{violation.Id}: {string.Join("; ", violation.Nodes.Take(3).Select(node => $"{node.Html} {node.FailureSummary()}"))}";

    private async Task<Dictionary<string, string>> SeedAsync()
    {
        using var api = await site.ApiAsync();
        var job = await api.CreateAsync(new
        {
            job_type = "conduct",
            tags = new[] { "conduct" },
            status = "running",
            timeout_seconds = 3600,
            heartbeat_timeout_seconds = 600,
            metadata = new { source_id = "s-1", model = "large", nested = new { list = new[] { 1, 2, 3 } } },
            callback_url = "http://receiver.example/hook?token=secret",
        });
        await api.PatchAsync(job, new { progress = new { completed = 3, total = 10, message = "third of ten" } });
        var ended = await api.CreateAsync(new { job_type = "conduct", status = "running" });
        await api.PatchAsync(ended, new { status = "failed", error = new { code = "out_of_memory", message = "The worker had no memory left." } });
        var operation = await api.PostAsync("/v1/operations", new { action = "cancel", filter = new { tag = new[] { "conduct-none" } } });
        return new(StringComparer.Ordinal)
        {
            ["job"] = job,
            ["ended"] = ended,
            ["operation"] = operation.GetProperty("id").GetString()!,
        };
    }
}

file static class AxeNodes
{
    /// <summary>What is wrong with one place.</summary>
    public static string FailureSummary(this AxeResultNode node) => string.Join(", ", node.Any.Concat(node.All).Select(check => check.Message));
}
