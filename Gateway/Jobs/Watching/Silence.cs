namespace JobTracker.Gateway.Jobs.Watching;

/// <summary>
/// Keeps an event stream from going quiet for longer than proxies bear: writes a comment, which is no event and which the framework's
/// events cannot say. Only for use between two events, when nobody else writes.
/// </summary>
internal sealed class Silence(HttpResponse response, TimeProvider clock, TimeSpan longest)
{
    private long _since = clock.GetTimestamp();

    /// <summary>Until a comment is due; never zero or less after <see cref="BreakWhenOverAsync"/>.</summary>
    public TimeSpan Left => longest - clock.GetElapsedTime(_since);

    public void Restart() => _since = clock.GetTimestamp();

    public async Task BreakWhenOverAsync()
    {
        if (Left <= TimeSpan.Zero)
            await BreakAsync();
    }

    public async Task BreakAsync()
    {
        await response.Body.WriteAsync(": still here\n\n"u8.ToArray(), CancellationToken.None);
        await response.Body.FlushAsync(CancellationToken.None);
        Restart();
    }
}
