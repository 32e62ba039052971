using JobTracker.Tests.Processes.Pages;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(PageSite))]

namespace JobTracker.Tests.Processes.Pages;

/// <summary>
/// One gateway in a silo with the embedded database, and one browser, for all tests of pages that need nothing of their own: each test
/// tells its jobs from the others' by a tag or a type.
/// </summary>
public sealed class PageSite : IAsyncLifetime
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobtracker-pages-");
    private readonly Lazy<Task<Chromium>> _chromium = new(Chromium.StartAsync);
    private readonly Lazy<Task<ServerProcess>> _silo;

    /// <summary>Documents of megabytes are let in here.</summary>
    private static readonly string[] Roomy = ["--Limits:MetadataBytes=8388608", "--Limits:BodyBytes=16777216"];

    public PageSite() => _silo = new(() => SiloProcess.StartEmbeddedAsync(Path.Combine(_folder.FullName, "jobs.db"), Roomy));

    /// <summary>The browser, started by the first test that needs it.</summary>
    public Task<Chromium> BrowserAsync() => _chromium.Value;

    /// <summary>The silo, started by the first test that needs it.</summary>
    internal Task<ServerProcess> SiloAsync() => _silo.Value;

    /// <summary>Where its pages are.</summary>
    internal async Task<Uri> AddressAsync() => (await SiloAsync()).Address;

    internal async Task<PageApi> ApiAsync() => new(await AddressAsync());

    /// <summary>A browser of somebody's own at this site.</summary>
    internal async Task<WatchedPage> OpenAsync(string path, BrowserNewContextOptions? options = null) =>
        await WatchedPage.OpenAsync(await BrowserAsync(), await AddressAsync(), path, options);

    public ValueTask InitializeAsync() => ValueTask.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_chromium.IsValueCreated)
            await (await _chromium.Value).DisposeAsync();
        if (_silo.IsValueCreated)
            await (await _silo.Value).DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
