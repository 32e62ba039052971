using System.Globalization;
using System.Text.RegularExpressions;

namespace JobTracker.Tests.Processes.Pages;

/// <summary>A moment is shown in the zone of whoever looks, and says which one that is.</summary>
[Collection("processes")]
public sealed partial class PageTimesTests(PageSite site)
{
    [Theory]
    [InlineData("Pacific/Auckland")]
    [InlineData("America/St_Johns")]
    public async Task A_time_is_right_in_the_zone_of_the_browser(string zone)
    {
        using var api = await site.ApiAsync();
        var id = await api.CreateAsync(new { job_type = "zoned" });
        var made = (await api.GetAsync($"/v1/jobs/{id}")).GetProperty("created_at").GetDateTimeOffset();
        var there = TimeZoneInfo.ConvertTime(made, TimeZoneInfo.FindSystemTimeZoneById(zone));
        await using var page = await site.OpenAsync($"/ui/jobs/{id}", new() { TimezoneId = zone });
        var time = page.Page.Locator($"jt-time[datetime^='{made.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss", CultureInfo.InvariantCulture)}']").First;

        var title = await time.EvaluateAsync<string>("t => t.title || t.shadowRoot?.querySelector('[title]')?.title || ''");
        Assert.Contains(there.ToString("HH:mm:ss", CultureInfo.InvariantCulture), title, StringComparison.Ordinal);
        Assert.Contains(made.UtcDateTime.ToString("HH:mm:ss", CultureInfo.InvariantCulture), title, StringComparison.Ordinal);
        Assert.Matches(Ago(), await ShownAsync(time));

        await page.Page.Locator("details.menu summary").ClickAsync();
        await page.Page.Locator("select[name=times]").SelectOptionAsync("local");
        await page.Page.Locator("details.menu button", new() { HasText = "Apply" }).ClickAsync();
        await page.Page.WaitForFunctionAsync("() => document.documentElement.dataset.times === 'local'");
        Assert.Contains(there.ToString("HH:mm:ss", CultureInfo.InvariantCulture), await ShownAsync(time), StringComparison.Ordinal);
    }

    /// <summary>What is on the screen: the element's own tree goes before the text that the server wrote.</summary>
    private static Task<string> ShownAsync(Microsoft.Playwright.ILocator time) =>
        time.EvaluateAsync<string>("t => (t.shadowRoot ?? t).textContent");

    [GeneratedRegex("ago|now", RegexOptions.IgnoreCase, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Ago();
}
