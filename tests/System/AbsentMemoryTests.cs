using System.Net;
using System.Net.Http.Json;
using JobTracker.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace JobTracker.Tests.Processes;

/// <summary>What never was, or is deleted, costs a silo no memory: an experiment with figures.</summary>
[Collection("processes")]
public sealed class AbsentMemoryTests(ITestOutputHelper output) : IDisposable
{
    private const int Reads = 20_000;
    private const int Connections = 16;
    private const long MiB = 1 << 20;

    /// <summary>The default of <c>Absent:Most</c>, and what is on its way in or out.</summary>
    private const int MostGrains = 1_000 + 500;

    /// <summary>The places that Orleans remembers (16 MiB), and what a heap of a server keeps of the rush that has gone.</summary>
    private const long MostOverIdle = 72 * MiB;

    private static readonly TimeSpan Pairing = TimeSpan.FromSeconds(8);
    private static readonly TimeSpan LeavingTime = TimeSpan.FromSeconds(15);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobtracker-system-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Reading_what_never_was_and_deleting_what_was_made_leaves_nothing_behind()
    {
        var gateway = LoopbackPort.Free();
        await using var silo = await SiloProcess.StartEmbeddedAsync(
            Path.Combine(_folder.FullName, "jobs.db"), $"--Cluster:GatewayPort={gateway}");
        using var http = new HttpClient { BaseAddress = silo.Address };
        using var host = await ConnectAsync(gateway);
        var management = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0);
        await ReadAsync(http, 500);
        await PairAsync(http, TimeSpan.FromSeconds(2));
        var idle = await LeftAsync("idle", silo, management);

        output.WriteLine($"{Reads} reads in {await ReadAsync(http, Reads)}");
        var read = await LeftAsync("reads", silo, management);
        output.WriteLine($"{await PairAsync(http, Pairing)} pairs");
        var paired = await LeftAsync("pairs", silo, management);

        Assert.InRange(read - idle, long.MinValue, MostOverIdle);
        Assert.InRange(paired - idle, long.MinValue, MostOverIdle);
    }

    private static async Task<TimeSpan> ReadAsync(HttpClient http, int reads)
    {
        var began = TimeProvider.System.GetTimestamp();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, reads), new ParallelOptions { MaxDegreeOfParallelism = Connections }, async (_, cancellation) =>
        {
            using var answer = await http.GetAsync(new Uri($"/v1/jobs/job-{Guid.CreateVersion7()}", UriKind.Relative), cancellation);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        });
        return TimeProvider.System.GetElapsedTime(began);
    }

    private static async Task<int> PairAsync(HttpClient http, TimeSpan time)
    {
        var (began, pairs) = (TimeProvider.System.GetTimestamp(), 0);
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(async _ =>
        {
            while (TimeProvider.System.GetElapsedTime(began) < time)
            {
                using var made = await http.PostAsJsonAsync("/v1/jobs", new { status = "pending" });
                using var deleted = await http.DeleteAsync(made.EnsureSuccessStatusCode().Headers.Location);
                deleted.EnsureSuccessStatusCode();
                Interlocked.Increment(ref pairs);
            }
        }));
        return pairs;
    }

    /// <summary>The memory when all grains have gone that have nothing.</summary>
    private async Task<long> LeftAsync(string after, ServerProcess silo, IManagementGrain management)
    {
        var atOnce = await GrainsAsync(management);
        Assert.InRange(atOnce, 0, MostGrains);
        var began = TimeProvider.System.GetTimestamp();
        await Polling.UntilAsync(LeavingTime, async () => await GrainsAsync(management) == 0, silo.Story);
        var gone = TimeProvider.System.GetElapsedTime(began);
        var resident = silo.ResidentBytes;
        output.WriteLine($"after {after}: {atOnce} grains at once, none after {gone.TotalSeconds:0.0} s; RSS {resident / MiB} MiB");
        return resident;
    }

    private static async Task<int> GrainsAsync(IManagementGrain management) => (await management.GetSimpleGrainStatistics())
        .Where(grain => grain.GrainType.Contains("JobGrain", StringComparison.Ordinal)).Sum(grain => grain.ActivationCount);

    private static async Task<IHost> ConnectAsync(int gateway)
    {
        var builder = Host.CreateEmptyApplicationBuilder(settings: null);
        builder.UseOrleansClient(client => client.UseLocalhostClustering(gateway, serviceId: "jobtracker", clusterId: "jobtracker"));
        var host = builder.Build();
        await host.StartAsync();
        return host;
    }
}
