using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace JobTracker.Tests.Processes.Pages;

/// <summary>Looks at pages one after another for what no page may do, and keeps what it found.</summary>
internal sealed class PageConduct(WatchedPage page)
{
    private const int Ok = 200;

    private readonly List<string> _faults = [];
    private int _seen;

    /// <summary>Nothing but colours changes in the dark.</summary>
    private static AxeRunOptions Colours { get; } = new()
    {
        RunOnly = new RunOnlyOptions { Type = "rule", Values = ["color-contrast"] },
    };

    /// <summary>What was wrong with which page.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>Loads the page and looks at it, light whole, dark for its colours.</summary>
    /// <param name="status">What it has to answer; of one that is an error the browser tells, and may.</param>
    public async Task LookAsync(string path, int status = Ok)
    {
        // A colour on its way to another is neither.
        await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        var answer = await page.GoAsync(path);
        Find(answer?.Status == status, $"{path}: answers {answer?.Status}, not {status}");
        if (await page.Page.Locator("jt-live").CountAsync() > 0)
            await page.UntilLiveAsync();
        Find(await page.Page.Locator("h1").CountAsync() == 1, $"{path}: not one h1");
        await RunAxeAsync(path, options: null);
        await page.Page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });
        await RunAxeAsync($"{path}, dark", Colours);
        var complaints = page.Complaints;
        _faults.AddRange(complaints.Skip(_seen)
            .Where(complaint => status == Ok || !complaint.Contains($"status of {status}", StringComparison.Ordinal))
            .Select(complaint => $"{path}: {complaint}"));
        _seen = complaints.Count;
    }

    private async Task RunAxeAsync(string where, AxeRunOptions? options)
    {
        var found = await page.Page.RunAxe(options);
        _faults.AddRange(found.Violations.Select(violation => $"{where}: {TextOf(violation)}"));
    }

    private void Find(bool isSo, string fault)
    {
        if (!isSo)
            _faults.Add(fault);
    }

    private static string TextOf(AxeResultItem violation) =>
        $"{violation.Id}: {string.Join("; ", violation.Nodes.Take(3).Select(node => $"{node.Html} {WrongWith(node)}"))}";

    private static string WrongWith(AxeResultNode node) => string.Join(", ", node.Any.Concat(node.All).Select(check => check.Message));
}
