namespace JobTracker.Tests.Processes;

/// <summary>Another process tells us nothing by itself: what it comes to is found by asking, at most for the time given.</summary>
internal static class Polling
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Asks until the answer is yes.</summary>
    /// <exception cref="TimeoutException">It never was; the message is what <paramref name="story"/> tells then.</exception>
    public static async Task UntilAsync(TimeSpan patience, Func<Task<bool>> isSo, Func<string> story)
    {
        using var deadline = new CancellationTokenSource(patience, TimeProvider.System);
        using var timer = new PeriodicTimer(Pause, TimeProvider.System);
        try
        {
            while (!await isSo())
                await timer.WaitForNextTickAsync(deadline.Token);
        }
        catch (OperationCanceledException late) when (deadline.IsCancellationRequested)
        {
            throw new TimeoutException($"Not within {patience}: {story()}", late);
        }
    }
}
