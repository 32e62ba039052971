using JobTracker.Tests.Support;
using Microsoft.Playwright;

namespace JobTracker.Tests.Processes.Pages;

/// <summary>
/// The pictures in docs/pages, which people look at before they read. With JOBTRACKER_UPDATE_GENERATED set they are made anew, of the
/// demonstration after it has moved for a while; else each page is drawn as it is here, and each picture has to be there.
/// </summary>
[Collection("processes")]
public sealed class PagePicturesTests(PageSite site)
{
    private const int Smallest = 5_000;
    private const int Largest = 300_000;

    private static readonly TimeSpan Moving = TimeSpan.FromSeconds(75);

    private static readonly (string Name, string Path)[] Pictures =
    [
        ("overview", "/ui/"), ("jobs", "/ui/jobs"), ("job", "/ui/jobs/{job}"), ("batches", "/ui/batches"), ("batch", "/ui/batches/{batch}"),
        ("callbacks", "/ui/callbacks"), ("operations", "/ui/operations"), ("operation", "/ui/operations/new?action=cancel&status=running"),
        ("organizations", "/ui/admin/organizations"), ("keys", "/ui/admin/keys"), ("audit", "/ui/admin/audit"),
        ("cluster", "/ui/admin/cluster"),
    ];

    [Fact]
    public async Task Every_page_has_its_picture_light_and_dark()
    {
        if (Environment.GetEnvironmentVariable(GeneratedFile.UpdateVariable) is { Length: > 0 })
            await MakeAllAsync();
        foreach (var (name, path) in Pictures.Where(picture => !picture.Path.Contains('{', StringComparison.Ordinal)))
            Assert.InRange((await DrawAsync(await site.AddressAsync(), path, ColorScheme.Light)).Length, Smallest, Largest);
        Assert.All(Pictures.SelectMany(picture => (string[])[$"{picture.Name}-light.png", $"{picture.Name}-dark.png"]), name =>
        {
            var file = new FileInfo(Repository.PathOf("docs", "pages", name));
            Assert.True(file.Exists, $"docs/pages/{name} is missing: {GeneratedFile.UpdateVariable}=1 makes it");
            Assert.InRange(file.Length, Smallest, Largest);
        });
    }

    private async Task MakeAllAsync()
    {
        var folder = Directory.CreateTempSubdirectory("jobtracker-demo-");
        try
        {
            await using var demo = SiloProcess.LaunchDemo(Path.Combine(folder.FullName, "demo.db"));
            await demo.UntilReadyAsync();
            await Task.Delay(Moving, TimeProvider.System);
            using var api = new PageApi(demo.Address);
            // Of which there is most to see: one whose receiver failed, and the batch that was sent first.
            var job = (await api.GetAsync("/v1/jobs?callback=failed&limit=1"))[0].GetProperty("id").GetString()!;
            var batch = (await api.GetAsync("/v1/batches?order=asc&limit=1"))[0].GetProperty("id").GetString()!;
            Directory.CreateDirectory(Repository.PathOf("docs", "pages"));
            foreach (var (name, path) in Pictures)
            {
                var place = path.Replace("{job}", job, StringComparison.Ordinal).Replace("{batch}", batch, StringComparison.Ordinal);
                foreach (var (theme, scheme) in ((string, ColorScheme)[])[("light", ColorScheme.Light), ("dark", ColorScheme.Dark)])
                    await File.WriteAllBytesAsync(
                        Repository.PathOf("docs", "pages", $"{name}-{theme}.png"), await DrawAsync(demo.Address, place, scheme));
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private async Task<byte[]> DrawAsync(Uri address, string path, ColorScheme scheme)
    {
        await using var page = await WatchedPage.OpenAsync(
            await site.BrowserAsync(), address, path,
            new() { ColorScheme = scheme, ViewportSize = new() { Width = 1200, Height = 760 }, ReducedMotion = ReducedMotion.Reduce });
        if (await page.Page.Locator("jt-live").CountAsync() > 0)
            await page.UntilLiveAsync();
        return await page.Page.ScreenshotAsync();
    }
}
