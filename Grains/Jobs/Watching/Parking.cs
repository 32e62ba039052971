namespace JobTracker.Grains.Jobs.Watching;

/// <summary>How a call waits inside a grain.</summary>
internal static class Parking
{
    /// <summary>
    /// Done with the task, after <paramref name="longest"/>, or as soon as
    /// the silo stops: no end is an error but the caller's own cancellation.
    /// </summary>
    public static async Task OrAfter(
        this Task task, TimeSpan longest, TimeProvider clock, CancellationToken stopping, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stopping, cancellation);
        await task.WaitAsync(longest, clock, either.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext);
        cancellation.ThrowIfCancellationRequested();
    }
}
