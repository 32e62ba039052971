using System.Globalization;

namespace JobTracker.Tests.Processes.Pages;

/// <summary>What changes through the API is on the screen, exactly, and soon.</summary>
[Collection("processes")]
public sealed class LivePageTests(PageSite site, ITestOutputHelper output)
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task A_change_is_on_a_jobs_page_and_in_the_list_within_two_seconds()
    {
        using var api = await site.ApiAsync();
        var id = await api.CreateAsync(new { job_type = "lively", status = "pending", tags = new[] { "lively" } });
        await using var job = await site.OpenAsync($"/ui/jobs/{id}");
        await using var list = await site.OpenAsync("/ui/jobs?tag=lively");
        await job.UntilLiveAsync();
        await list.UntilLiveAsync();

        await api.PatchAsync(id, new { status = "running", progress = new { completed = 1, total = 4, message = "first of four" } });
        var began = TimeProvider.System.GetTimestamp();
        await job.UntilTextAsync("main", "first of four");
        var onJob = TimeProvider.System.GetElapsedTime(began);
        await list.UntilTextAsync("tr[data-row]", "running");
        var onList = TimeProvider.System.GetElapsedTime(began);
        output.WriteLine($"on the job's page after {onJob.TotalMilliseconds:F0} ms, in the list after {onList.TotalMilliseconds:F0} ms");
        Assert.True(onJob < Promise && onList < Promise, $"{onJob}, {onList}");
    }

    [Fact]
    public async Task After_a_thousand_changes_the_counts_are_those_of_the_API_without_a_reload()
    {
        using var api = await site.ApiAsync();
        await using var page = await site.OpenAsync("/ui/");
        await page.UntilLiveAsync();
        await page.Page.EvaluateAsync("() => { window.isTheSame = true; }");

        var ids = await api.CreateManyAsync(400, _ => new { job_type = "counted", status = "running" });
        await Parallel.ForEachAsync(ids.Take(300), async (id, _) => await api.PatchAsync(id, new { status = "completed" }));
        await Parallel.ForEachAsync(ids.Skip(300), async (id, _) => await api.PostAsync($"/v1/jobs/{id}/cancel", new { }));
        var truth = await api.CountsAsync();
        foreach (var (status, count) in truth)
            await page.UntilTextAsync($".counts li:has(.status.{status})", $"{count.ToString("#,0", CultureInfo.InvariantCulture)}\\s*$");
        Assert.True(await page.Page.EvaluateAsync<bool>("() => window.isTheSame"));
        Assert.Equal(truth, await api.CountsAsync());
        Assert.Empty(page.Complaints);
    }

    [Fact]
    public async Task A_copied_address_gives_the_same_rows_and_Back_restores_them()
    {
        using var api = await site.ApiAsync();
        await api.CreateManyAsync(70, index => new { job_type = "copied", status = index % 2 == 0 ? "running" : "pending", tags = new[] { "copied" } });
        await using var first = await site.OpenAsync("/ui/jobs?tag=copied&status=running");
        var before = await first.RowsAsync();
        await using var second = await site.OpenAsync(new Uri(first.Page.Url).PathAndQuery);
        Assert.Equal(35, before.Length);
        Assert.Equal(before, await second.RowsAsync());

        await first.GoAsync("/ui/jobs?tag=copied");
        Assert.Equal(50, (await first.RowsAsync()).Length);
        await first.Page.GetByRole(Microsoft.Playwright.AriaRole.Link, new() { Name = "Older" }).First.ClickAsync();
        await first.Page.WaitForURLAsync("**after=*");
        Assert.Equal(20, (await first.RowsAsync()).Length);
        await first.Page.GoBackAsync();
        Assert.Equal(50, (await first.RowsAsync()).Length);
        await first.Page.GoBackAsync();
        Assert.Equal(before, await first.RowsAsync());
    }
}
