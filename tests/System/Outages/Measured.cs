namespace JobTracker.Tests.Processes.Outages;

/// <summary>How long something took: a figure in the test's output, and a bar.</summary>
internal static class Measured
{
    public static async Task WithinAsync(string what, TimeSpan bar, Func<Task> act)
    {
        var begun = TimeProvider.System.GetTimestamp();
        await act();
        var took = TimeProvider.System.GetElapsedTime(begun);
        TestContext.Current.TestOutputHelper?.WriteLine($"{what}: {took.TotalSeconds:0.0} s of {bar.TotalSeconds:0} s");
        Assert.True(took <= bar, $"{what} took {took}; it may take {bar}.");
    }
}
