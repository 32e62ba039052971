using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes.Memory;

/// <summary>What lists of the largest jobs take of a process's memory, whoever reads them and however.</summary>
[Collection("processes")]
public sealed class ListMemoryTests(ITestOutputHelper output) : IDisposable
{
    private const double MostMebibytes = 200;
    private const int SilentReaders = 8;
    private const int SlowReaders = 20;
    private const int Readers = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobtracker-memory-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Readers_of_the_largest_jobs_take_200_MiB_at_most_whether_they_read_or_not()
    {
        await using (var first = await StartAsync())
            await LargeJobs.FillAsync(first.Address);

        // Read by nobody: cut off, and their pages with them. A quick pace, so that they are cut off soon.
        await using (var silo = await StartAsync("--Limits:ResponseBytesPerSecond=1048576"))
        {
            AssertModest("eight that never read", await silo.Memory.GrowthDuringAsync(() => AskAndNeverReadAsync(silo)));
            AssertModest("twenty that read 1 kB/s", await silo.Memory.GrowthDuringAsync(() => ReadSlowlyAsync(silo.Address)));
        }

        await using (var silo = await StartAsync())
            AssertModest("six that read", await silo.Memory.GrowthDuringAsync(() => ReadAllAsync(silo.Address, Readers)));
    }

    [Fact]
    public async Task The_largest_jobs_are_read_from_the_first_page_to_the_last_over_a_gateway_of_its_own()
    {
        var postgres = await PostgresServer.Shared;
        var database = postgres.ConnectionString(await postgres.CreateMigratedDatabaseAsync());
        await using (var first = await SiloProcess.StartOnPostgresAsync(database))
            await LargeJobs.FillAsync(first.Address);
        await using var cluster = await ClusterProcesses.StartAsync(database, silos: 1);

        AssertModest("a gateway of its own, one that reads", await cluster.Gateway.Memory.GrowthDuringAsync(
            () => ReadAllAsync(cluster.Gateway.Address, readers: 1)));
    }

    private static async Task AskAndNeverReadAsync(ServerProcess silo)
    {
        var readers = await Task.WhenAll(
            Enumerable.Range(0, SilentReaders).Select(_ => SilentReader.AskAsync(silo.Address, LargeJobs.List)));
        try
        {
            await Polling.UntilAsync(
                Patience, () => Task.FromResult(readers.All(reader => reader.IsCutOff)), () =>
                    $"{readers.Count(reader => reader.IsCutOff)} are cut off. {silo.Story()}");
        }
        finally
        {
            Array.ForEach(readers, reader => reader.Dispose());
        }
    }

    private static async Task ReadSlowlyAsync(Uri address)
    {
        var readers = await Task.WhenAll(Enumerable.Range(0, SlowReaders).Select(_ => SilentReader.AskAsync(address, LargeJobs.List)));
        try
        {
            await Task.WhenAll(readers.Select(reader => reader.ReadSlowlyAsync(Patience)));
        }
        finally
        {
            Array.ForEach(readers, reader => reader.Dispose());
        }
    }

    private static async Task ReadAllAsync(Uri address, int readers)
    {
        foreach (var pages in await Task.WhenAll(Enumerable.Range(0, readers).Select(_ => LargeJobs.WalkAsync(address))))
        {
            Assert.Equal(LargeJobs.Count, pages.Sum());
            Assert.True(pages.Count > 10, $"{pages.Count} pages hold {LargeJobs.Count} jobs of 128 KiB.");
        }
    }

    private void AssertModest(string who, double growth)
    {
        output.WriteLine($"{who}: {growth:F0} MiB over idle");
        Assert.True(growth <= MostMebibytes, $"{who} took {growth:F0} MiB over idle.");
    }

    private Task<ServerProcess> StartAsync(params string[] settings) =>
        SiloProcess.StartEmbeddedAsync(Path.Combine(_folder.FullName, "jobs.db"), settings);
}
