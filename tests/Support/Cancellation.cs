namespace JobTracker.Tests.Support;

internal static class Cancellation
{
    /// <summary>Ends, well, when the token is cancelled.</summary>
    public static async Task WhenCancelled(this CancellationToken cancellation)
    {
        var cancelled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = cancellation.Register(cancelled.SetResult);
        await cancelled.Task;
    }
}
