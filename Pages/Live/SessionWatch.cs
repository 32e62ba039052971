using JobTracker.Pages.Callers;
using Microsoft.AspNetCore.Components;

namespace JobTracker.Pages.Live;

/// <summary>
/// Looks every three seconds whether whoever has this page open would still be let in: a key that was revoked ends what it opened. One a
/// circuit.
/// </summary>
public sealed class SessionWatch(TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(3);

    private ITimer? _timer;

    /// <summary>Begins, unless it has.</summary>
    /// <param name="who">Who looks.</param>
    /// <param name="leave">What happens when he is let in no more.</param>
    public void Begin(PageCaller who, Func<Task> leave)
    {
        ArgumentNullException.ThrowIfNull(who);
        if (_timer is null && who.Stands is { } stands)
            _timer = clock.CreateTimer(_ => _ = LookAsync(stands, leave), state: null, Pace, Pace);
    }

    /// <summary>Where he signs in again, to come back.</summary>
    public static string Exit(NavigationManager navigation)
    {
        ArgumentNullException.ThrowIfNull(navigation);
        return $"/ui/login?error=ended&return={Uri.EscapeDataString("/" + navigation.ToBaseRelativePath(navigation.Uri))}";
    }

    public void Dispose() => _timer?.Dispose();

    private async Task LookAsync(Func<ValueTask<bool>> stands, Func<Task> leave)
    {
        try
        {
            if (await stands())
                return;
            Dispose();
            await leave();
        }
        catch (ObjectDisposedException)
        {
            // The page was closed meanwhile.
        }
    }
}
