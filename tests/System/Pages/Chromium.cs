using Microsoft.Playwright;

namespace JobTracker.Tests.Processes.Pages;

/// <summary>
/// The system's own Chromium, without a window and without its habit of calling home. One for all tests: it takes seconds to start.
/// </summary>
public sealed class Chromium : IAsyncDisposable
{
    private static readonly string[] Quiet = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
        "--disable-component-update", "--disable-sync", "--no-first-run"];

    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Chromium(IPlaywright playwright, IBrowser browser) => (_playwright, _browser) = (playwright, browser);

    public static async Task<Chromium> StartAsync()
    {
        var playwright = await Playwright.CreateAsync();
        var browser = await playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions { ExecutablePath = Executable(), Args = Quiet });
        return new Chromium(playwright, browser);
    }

    public Task<IPage> NewPageAsync() => _browser.NewPageAsync();

    /// <summary>Somebody's browser, with cookies of its own.</summary>
    public Task<IBrowserContext> NewContextAsync(BrowserNewContextOptions options) => _browser.NewContextAsync(options);

    public async ValueTask DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static string Executable() => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .SelectMany(
            folder =>
                (string[])[Path.Combine(folder, "chromium"), Path.Combine(folder, "chromium-browser"),
                    Path.Combine(folder, "google-chrome")])
        .FirstOrDefault(File.Exists) ?? throw new InvalidOperationException("There is no Chromium in PATH; test.sh installs it.");
}
