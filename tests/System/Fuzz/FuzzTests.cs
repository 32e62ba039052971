using System.Globalization;
using JobTracker.Keys;
using JobTracker.Tests.StandIn;
using JobTracker.Tests.Support.Logs;

namespace JobTracker.Tests.Processes.Fuzz;

/// <summary>
/// Requests made from the document, most of them wrong on purpose, to a real silo. JOBTRACKER_FUZZ_REQUESTS asks for more of them,
/// JOBTRACKER_SEED repeats a run: every connection then sends what it sent before, but for the ids that it learnt.
/// </summary>
[Collection("processes")]
public sealed class FuzzTests(ITestOutputHelper output) : IDisposable
{
    /// <summary>
    /// What the suite sends is the same in every run, so that a commit that passed passes again; whoever asks for more gets new ones.
    /// </summary>
    private const int SuiteSeed = 1;

    /// <summary>So many times fewer, where it is the same code that is asked in another role.</summary>
    private const int Side = 10;

    /// <summary>Nobody is turned away for the number of his requests, which is another test's matter.</summary>
    private static readonly string[] Unlimited =
        ["--Limits:RequestsPerSecond=1000000", "--Limits:Burst=1000000", "--Limits:RefusalsPerSecond=1000000",
            "--Limits:RefusalsBurst=1000000"];

    private static readonly int Requests = Setting("JOBTRACKER_FUZZ_REQUESTS") ?? 5_000;

    private readonly int _seed = Setting("JOBTRACKER_SEED")
        ?? (Setting("JOBTRACKER_FUZZ_REQUESTS") is null ? SuiteSeed : Random.Shared.Next());
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobtracker-system-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task No_request_breaks_the_server_gets_an_undocumented_answer_or_learns_anything_of_another_organization()
    {
        var bootstrap = ApiKey.New().Text;
        await WithSiloAsync(bootstrap, ["--Auth:Mode=keys", $"--Auth:BootstrapKey={bootstrap}", .. Unlimited], async silo =>
        {
            var tenants = await FuzzTenants.MakeAsync(silo.Address, bootstrap);
            // The last connection manages keys: those that it makes, and those that it must not find.
            string[] keys = [.. Enumerable.Repeat(tenants.Key, FuzzRun.Connections - 1), tenants.KeyManager];
            return await new FuzzRun(silo.Address, _seed, Requests) { Keys = keys, Tenants = tenants }.SendAllAsync();
        });
    }

    [Fact]
    public async Task No_request_of_an_admin_breaks_the_server()
    {
        var bootstrap = ApiKey.New().Text;
        await WithSiloAsync(
            bootstrap,
            ["--Auth:Mode=keys", $"--Auth:BootstrapKey={bootstrap}", .. Unlimited],
            silo => new FuzzRun(silo.Address, _seed, Requests / Side)
            {
                Keys = [.. Enumerable.Repeat(bootstrap, FuzzRun.Connections)],
            }.SendAllAsync());
    }

    [Fact]
    public Task No_request_breaks_a_server_that_asks_nobody_for_a_key() => WithSiloAsync(
        key: null, [], silo => new FuzzRun(silo.Address, _seed, Requests / Side).SendAllAsync());

    private async Task WithSiloAsync(string? key, string[] settings, Func<ServerProcess, Task<FuzzReport>> run)
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        var path = Path.Combine(_folder.FullName, "jobs.db");
        await using var silo = await SiloProcess.StartEmbeddedAsync(
            path,
            ["--Limits:Wait=00:00:00.100", "--Batches:Providers:claude:Dialect=anthropic", "--Logging:LogLevel:JobTracker=Information",
            $"--Batches:Providers:claude:BaseUrl={standIn.BaseUrl.AbsoluteUri}",
            "--Batches:Providers:claude:ApiKey=sk-secret-of-fuzz", .. settings]);

        var report = await run(silo);

        output.WriteLine(report.ToString());
        Assert.True(report.IsClean, report.ToString());
        Assert.True(silo.IsRunning, silo.Story());
        Assert.True(silo.Complaints.Length == 0, $"{report}\n{silo.Complaints}");
        using var api = new JobApi(silo.Address, key);
        await api.CreateAsync();
        Assert.Equal(0, await silo.StopAsync());
        Assert.Null(SecretText.In(silo.Story()));
        Assert.All(Directory.GetFiles(_folder.FullName), file => Assert.False(HoldsKey(file), $"{file} holds an API key."));
    }

    /// <summary>Signing secrets are stored, since they sign; of API keys the hash is.</summary>
    private static bool HoldsKey(string file) =>
        SecretText.In(System.Text.Encoding.Latin1.GetString(File.ReadAllBytes(file)).Replace("whsec_", "", StringComparison.Ordinal))
            is { } found && found.StartsWith(ApiKey.Prefix, StringComparison.Ordinal);

    private static int? Setting(string name) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : null;
}
