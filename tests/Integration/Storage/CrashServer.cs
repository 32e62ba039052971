using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>How a crash test goes on.</summary>
internal static class CrashServer
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(5);

    public static void SkipWithoutOne() => Assert.SkipWhen(
        Environment.GetEnvironmentVariable(PostgresServer.ExistingServerVariable) is { Length: > 0 },
        "An existing server is not ours to stop.");

    /// <summary>Waits until every worker got that many more acknowledgements; a worker that failed fails the test.</summary>
    public static async Task ProgressAsync(IEnumerable<Func<int>> acknowledged, int by, IReadOnlyList<Task> work)
    {
        var goals = acknowledged.Select(count => (Count: count, Goal: count() + by)).ToList();
        var start = TimeProvider.System.GetTimestamp();
        while (goals.Exists(worker => worker.Count() < worker.Goal))
        {
            if (work.FirstOrDefault(task => task.IsFaulted) is { } failed)
                await failed;
            Assert.True(TimeProvider.System.GetElapsedTime(
                start) < Patience, $"{goals.Count(worker => worker.Count() < worker.Goal)} workers got no further in {Patience}.");
            await Task.Delay(Look, TimeProvider.System);
        }
    }
}
