namespace JobTracker.Tests.Support;

internal static class SoonExtensions
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The result, or a failure instead of a test run that hangs.</summary>
    public static Task<T> Soon<T>(this Task<T> task) => task.WaitAsync(Patience, TimeProvider.System);

    /// <summary>Its end, or a failure instead of a test run that hangs.</summary>
    public static Task Soon(this Task task) => task.WaitAsync(Patience, TimeProvider.System);
}
