using JobTracker.Bench.Http;
using JobTracker.Bench.Lifecycle;
using JobTracker.Tests.Support;

namespace JobTracker.Bench.Batches;

/// <summary>
/// A silo on PostgreSQL and the provider stand-in, each in a process of its own, so that the silo's memory is its own: first the results of
/// one large batch, then many small batches that run.
/// </summary>
internal static class BatchesBenchmark
{
    private const int ADay = 24 * 60 * 60;

    public static async Task RunAsync(BenchOptions options)
    {
        var (items, bytes, batches, interval) =
            (options.Get("items", 100_000), options.Get("line-bytes", 2_500), options.Get("batches", 1_000), options.Get("interval", 10));
        await using var server = await PostgresServer.StartAsync();
        using var standIn = await ServerProcess.StartStandInAsync(ADay);
        if (items > 0)
        {
            using var silo = await ServerProcess.StartSiloAsync(await GrainContender.NewDatabaseAsync(server), Account(standIn));
            using var api = new BatchesHttp(silo, standIn);
            await IngestRun.RunAsync(api, new ProcessMemory(silo.ProcessId), items, bytes);
        }
        if (batches > 0)
        {
            var database = await GrainContender.NewDatabaseAsync(server);
            using var silo = await ServerProcess.StartSiloAsync(database, [.. Account(standIn), .. Every(interval)]);
            using var api = new BatchesHttp(silo, standIn);
            await PollRun.RunAsync(api, batches, TimeSpan.FromSeconds(interval));
        }
    }

    private static string[] Account(ServerProcess standIn) =>
    [
        "--Batches:Providers:claude:Dialect=anthropic", $"--Batches:Providers:claude:BaseUrl={ServerProcess.Url(standIn.Port)}",
        "--Batches:Providers:claude:ApiKey=bench",
        // The account's own limit is not what is measured.
        "--Batches:Providers:claude:RequestsPerSecond=1000", "--Batches:Providers:claude:RequestBurst=2000",
    ];

    private static string[] Every(int seconds) =>
    [
        $"--Batches:PollFirst=00:00:{seconds:00}", $"--Batches:PollMin=00:00:{seconds:00}", $"--Batches:PollMax=00:00:{seconds:00}",
    ];
}
