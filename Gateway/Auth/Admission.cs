using JobTracker.Gateway.Problems;

namespace JobTracker.Gateway.Auth;

/// <summary>
/// Looks every three seconds whether the caller of a long request would still be let in; <see cref="Ended"/> fires when he would not. Where
/// that cannot be found out he stays: nobody can revoke a key in a database that is away.
/// </summary>
internal sealed class Admission : IDisposable
{
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(3);

    private readonly CancellationTokenSource _ended = new();
    private readonly ITimer? _timer;
    private readonly Func<ValueTask<bool>>? _stands;

    public Admission(HttpContext http, TimeProvider clock)
    {
        _stands = (http.User.Identity as CallerIdentity)?.Stands;
        if (_stands is not null)
            _timer = clock.CreateTimer(_ => _ = LookAsync(), state: null, Pace, Pace);
        Ended = _ended.Token;
    }

    public CancellationToken Ended { get; }

    public void Dispose()
    {
        _timer?.Dispose();
        _ended.Dispose();
    }

    private async Task LookAsync()
    {
        try
        {
            if (!await _stands!())
                await _ended.CancelAsync();
        }
        catch (SignInUnavailableException)
        {
            // The next look will tell.
        }
        catch (ObjectDisposedException)
        {
            // The request ended meanwhile.
        }
    }
}
