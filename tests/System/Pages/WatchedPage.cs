using System.Text.RegularExpressions;
using Microsoft.Playwright;

namespace JobTracker.Tests.Processes.Pages;

/// <summary>A page in a browser of its own, of which everything is noted that a good page does not do.</summary>
internal sealed class WatchedPage : IAsyncDisposable
{
    private const string TellsViolations =
        "document.addEventListener('securitypolicyviolation', e => console.error('violation ' + e.violatedDirective + ' ' + e.blockedURI));";

    private readonly IBrowserContext _context;
    private readonly Uri _address;
    private readonly List<string> _complaints = [];

    private WatchedPage(IBrowserContext context, IPage page, Uri address)
    {
        (_context, Page, _address) = (context, page, address);
        page.Request += (_, request) => Note($"asked elsewhere: {request.Url}", when: !IsOwn(request.Url));
        page.Console += (_, message) => Note($"console: {message.Text}", when: message.Type is "error" or "warning");
        page.PageError += (_, error) => Note($"script: {error}", when: true);
        page.RequestFailed += (_, request) => Note($"failed: {request.Url} {request.Failure}", when: request.Failure != "net::ERR_ABORTED");
        page.Response += (_, response) => Note($"{response.Status}: {response.Url}", when: response.Status >= 500);
    }

    public IPage Page { get; }

    /// <summary>Requests elsewhere, violations of the policy, errors of scripts and of the console, failed requests.</summary>
    public IReadOnlyList<string> Complaints
    {
        get
        {
            lock (_complaints)
                return [.. _complaints];
        }
    }

    public static async Task<WatchedPage> OpenAsync(Chromium chromium, Uri address, string path, BrowserNewContextOptions? options = null)
    {
        var context = await chromium.NewContextAsync(options ?? new BrowserNewContextOptions());
        await context.AddInitScriptAsync(TellsViolations);
        context.SetDefaultTimeout(15_000);
        var opened = new WatchedPage(context, await context.NewPageAsync(), address);
        await opened.GoAsync(path);
        return opened;
    }

    /// <summary>Another page of the same browser's address bar.</summary>
    public Task<IResponse?> GoAsync(string path) => Page.GotoAsync(new Uri(_address, path).AbsoluteUri);

    /// <summary>Waits until every live part lives.</summary>
    public Task UntilLiveAsync() =>
        Page.WaitForFunctionAsync("() => { const all = [...document.querySelectorAll('jt-live')]; return all.length > 0 && all.every(one => one.getAttribute('state') === 'on'); }");

    /// <summary>Waits until a text is on the page, in whatever case.</summary>
    public Task UntilTextAsync(string selector, string pattern) => Assertions.Expect(Page.Locator(selector).First)
        .ToContainTextAsync(new Regex(pattern, RegexOptions.IgnoreCase, TimeSpan.FromSeconds(1)), new() { Timeout = 15_000 });

    /// <summary>What the rows of its list are, by their links' addresses, from the top.</summary>
    public Task<string[]> RowsAsync() =>
        Page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('tr[data-row] a[data-open]')].map(a => a.getAttribute('href'))");

    public ValueTask DisposeAsync() => _context.DisposeAsync();

    private bool IsOwn(string url) => url.StartsWith(_address.AbsoluteUri, StringComparison.Ordinal)
        || url.StartsWith("data:", StringComparison.Ordinal);

    private void Note(string what, bool when)
    {
        if (!when)
            return;
        lock (_complaints)
            _complaints.Add(what);
    }
}
