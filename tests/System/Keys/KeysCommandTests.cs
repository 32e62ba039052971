using System.Net;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Processes.Keys;

/// <summary>The first keys come from the command line, or from a file.</summary>
[Collection("processes")]
public sealed class KeysCommandTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobtracker-keys-");

    private string Database => $"--Storage:SqlitePath={Path.Combine(_folder.FullName, "jobs.db")}";

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task A_key_made_before_the_first_start_opens_the_service_and_beside_it_the_command_names_who_holds_the_file()
    {
        var made = await SiloCommand.RunAsync("keys", "create", "--scopes", "jobs:read,keys:manage", "--organization", "acme", Database);
        var key = made.Key();
        await using var silo = await StartAsync("--Auth:Mode=keys");
        using var api = new KeyApi(silo.Address, key);

        var who = await api.WhoamiAsync();
        var beside = await SiloCommand.RunAsync("keys", "create", "--scopes", "admin", Database);

        Assert.Equal(("acme", "operator", "jobs:read,keys:manage", $"key-{key[4..14]}"), (
            who.GetProperty("organization_id").GetString(), who.GetProperty("user_id").GetString(),
            string.Join(',', who.GetProperty("scopes").EnumerateArray()), who.GetProperty("key_id").GetString()));
        Assert.Matches($"^key-{key[4..14]} of acme, jobs:read keys:manage, until .*Z. It is shown this once.\n$", made.Error);
        Assert.Equal((1, ""), (beside.ExitCode, beside.Output));
        Assert.Matches(
            $"^{_folder.FullName}/jobs.db is in use by process [0-9]+ on .+ since .+Z: one process at a time works on an embedded file.\n$",
            beside.Error);
        Assert.Equal("", silo.Complaints);
    }

    [Fact]
    public async Task Beside_a_running_cluster_a_key_is_made_that_counts_on_every_silo()
    {
        var server = await PostgresServer.Shared;
        var database = $"--ConnectionStrings:Postgres={server.ConnectionString(await server.CreateDatabaseAsync())}";
        await using var cluster = await ClusterProcesses.StartAsync(database.Split('=', 2)[1], 1, "--Auth:Mode=keys");

        var made = await SiloCommand.RunAsync("keys", "create", "--scopes", "admin", database, "--Cluster:AdvertisedAddress=127.0.0.1");

        foreach (var process in cluster.Silos.Append(cluster.Gateway))
        {
            using var api = new KeyApi(process.Address, made.Key());
            Assert.Equal(HttpStatusCode.OK, await api.StatusAsync());
        }

        Assert.Equal(["", ""], cluster.Silos.Append(cluster.Gateway).Select(process => process.Complaints));
    }

    [Theory]
    [InlineData("--scopes jobs:raed", "'jobs:raed' is no scope: use jobs:read, jobs:write,")]
    [InlineData("--scopes jobs:read,,admin", "'' is no scope")]
    [InlineData("", "Option '--scopes' is required.")]
    [InlineData("--scopes admin --organization Acme", "--organization must be a letter or digit")]
    [InlineData("--scopes admin --days 366", "--days must be 0 to 365.")]
    [InlineData("--scopes admin --dyas 7", "'--dyas' is no option of keys create; the nearest is --days.")]
    [InlineData("--scopes admin --Storage:SqlitPath=x", "Storage:SqlitPath is no setting; the nearest is Storage:SqlitePath.")]
    public async Task What_the_command_cannot_do_is_told_and_no_key_is_printed(string line, string told)
    {
        var refused = await SiloCommand.RunAsync(["keys", "create", .. line.Split(' ', StringSplitOptions.RemoveEmptyEntries), Database]);

        Assert.Equal(1, refused.ExitCode);
        Assert.Contains(told, refused.Error);
        Assert.DoesNotContain("jtk_", refused.Output + refused.Error);
    }

    [Fact]
    public async Task The_key_in_the_bootstrap_file_is_admin_while_it_stands_there()
    {
        var (first, second) =
            ((await SiloCommand.RunAsync("keys", "generate")).Key(), (await SiloCommand.RunAsync("keys", "generate")).Key());
        var file = Path.Combine(_folder.FullName, "bootstrap");
        await File.WriteAllTextAsync(file, first + "\n");
        await using var silo = await StartAsync("--Auth:Mode=keys", $"--Auth:BootstrapKeyFile={file}");
        using var one = new KeyApi(silo.Address, first);
        using var other = new KeyApi(silo.Address, second);
        Assert.Equal((HttpStatusCode.OK, HttpStatusCode.Unauthorized), (await one.StatusAsync(), await other.StatusAsync()));

        await File.WriteAllTextAsync(file + ".new", second + "\n");
        File.Move(file + ".new", file, overwrite: true);

        await Polling.UntilAsync(
            TimeSpan.FromSeconds(15), async () => await other.StatusAsync() == HttpStatusCode.OK, silo.Story);
        Assert.Equal(HttpStatusCode.Unauthorized, await one.StatusAsync());
    }

    [Theory]
    [InlineData("no key at all", "Auth:BootstrapKey is no API key")]
    [InlineData(null, "Auth:BootstrapKeyFile cannot be read")]
    public async Task A_bootstrap_file_without_a_key_stops_the_start_and_is_not_shown(string? text, string told)
    {
        var file = Path.Combine(_folder.FullName, "bootstrap");
        if (text is null)
            Directory.CreateDirectory(file);
        else
            await File.WriteAllTextAsync(file, text);

        var refused = await SiloCommand.RunAsync(Database, "--Auth:Mode=keys", $"--Auth:BootstrapKeyFile={file}");

        Assert.Equal(1, refused.ExitCode);
        Assert.StartsWith(told, refused.Error);
        Assert.DoesNotContain("no key at all", refused.Output + refused.Error);
    }

    private Task<ServerProcess> StartAsync(params string[] settings) =>
        SiloProcess.StartEmbeddedAsync(Database.Split('=', 2)[1], settings);
}
