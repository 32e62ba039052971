using JobTracker.Pages;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.DataProtection;

/// <summary>
/// Reads the keys of all gateways once the cluster is there, makes the first one where there is none, and looks for those of others.
/// </summary>
internal sealed class KeyRing(
    SharedKeys keys,
    IDataProtectionProvider protection,
    IOptions<PagesOptions> pages,
    IHostApplicationLifetime lifetime,
    TimeProvider clock,
    ILogger<KeyRing> log) : BackgroundService
{
    /// <summary>Until it is loaded.</summary>
    private static readonly TimeSpan FirstPace = TimeSpan.FromMilliseconds(500);

    /// <summary>So soon a cookie of a gateway that began at the same time is read.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(5);

    private volatile bool _isLoaded;
    private volatile bool _hasLooked;
    private bool _hasTold;

    /// <summary>Cookies can be made and read.</summary>
    public bool IsLoaded => _isLoaded;

    /// <summary>The keys were asked for once, whatever came of it; or nobody needs them.</summary>
    public bool HasLooked => _hasLooked || !pages.Value.Enabled;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!pages.Value.Enabled)
            return;
        try
        {
            await StartedAsync(stoppingToken);
            using var ticks = new PeriodicTimer(FirstPace, clock);
            do
            {
                await LookAsync();
                _hasLooked = true;
                ticks.Period = _isLoaded ? Pace : FirstPace;
            }
            while (await ticks.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // Nobody asks for a page any more.
        }
    }

    private async Task StartedAsync(CancellationToken stopping)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stopping);
    }

    /// <summary>What was known before goes on being good where the keys cannot be read now.</summary>
    private async Task LookAsync()
    {
        try
        {
            if (await keys.ReadAsync() || !_isLoaded)
                Load();
            if (!_isLoaded && _hasTold)
                log.KeysRead();
            _isLoaded = true;
        }
        catch (Exception problem)
        {
            if (!_isLoaded && !_hasTold)
                log.KeysWait(problem.GetType().Name);
            _hasTold = true;
        }
    }

    /// <summary>The ring reads what is known when it is used, and makes a first key here rather than in somebody's request.</summary>
    private void Load() => _ = protection.CreateProtector(nameof(KeyRing)).Protect([0]);
}
