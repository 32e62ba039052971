namespace JobTracker.Tests.Support;

/// <summary>What nobody announces is asked for, again and again, for as long as <see cref="SoonExtensions"/> has patience.</summary>
internal static class Until
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(50);

    /// <summary>Ends when the answer is yes.</summary>
    public static Task TrueAsync(Func<Task<bool>> isSo)
    {
        return AskAsync().Soon();

        async Task AskAsync()
        {
            using var looks = new PeriodicTimer(Pause, TimeProvider.System);
            while (!await isSo())
                await looks.WaitForNextTickAsync();
        }
    }
}
