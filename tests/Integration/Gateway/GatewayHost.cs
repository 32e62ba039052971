using JobTracker.Gateway;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Sqlite;
using JobTracker.Jobs;
using JobTracker.Silo;
using JobTracker.Silo.Dashboard;
using JobTracker.Tests.Support;
using JobTracker.Tests.Support.Logs;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Builder;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>Silo and gateway in this process, on an embedded database and loopback ports of their own, spoken to over real HTTP.</summary>
public sealed class GatewayHost : IAsyncLifetime
{
    private const string AllButAdministration = "jobs:read jobs:write batches:read batches:write callbacks:manage";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobtracker-gateway-");
    private readonly string _path;
    private readonly SqliteJobStore _store;
    private readonly WebApplication _app;
    private int _organizations;

    public GatewayHost()
        : this([])
    {
    }

    internal GatewayHost(params (string Key, string Value)[] settings)
        : this(_ => { }, settings)
    {
    }

    /// <param name="change">What a test has in the place of a part of the program, or around it.</param>
    internal GatewayHost(Action<IServiceCollection> change, params (string Key, string Value)[] settings)
    {
        _path = settings.LastOrDefault(setting => setting.Key == "Storage:SqlitePath").Value ?? Path.Combine(_folder.FullName, "jobs.db");
        _store = new SqliteJobStore(_path, new JobLimits().GroupDepth);
        Faults = new FaultyStore(_store);
        _app = Build(_path, settings, change);
    }

    internal FaultyStore Faults { get; }

    internal HostLog Log { get; } = new();

    internal IServiceProvider Services => _app.Services;

    /// <summary>The embedded file.</summary>
    internal string Database => _path;

    internal string Address => _app.Urls.First();

    public async ValueTask InitializeAsync() => await _app.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _store.DisposeAsync();
        _folder.Delete(recursive: true);
    }

    /// <summary>Into the database behind the service's back.</summary>
    internal async Task<List<object[]>> QueryAsync(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={_path};Pooling=false");
        await connection.OpenAsync();
        return await JobDatabase.QueryAsync(connection, sql);
    }

    /// <summary>A caller of an organization that no other test has.</summary>
    internal ApiClient NewCaller() => Caller($"org-{Interlocked.Increment(ref _organizations)}");

    internal ApiClient Caller(string organization, string user = "user-1", string scopes = AllButAdministration) =>
        new(Address, (TestCallers.Organization, organization), (TestCallers.User, user), (TestCallers.Scopes, scopes));

    /// <summary>Whoever holds this credential.</summary>
    internal ApiClient Holder(string credential) => new(Address, ("Authorization", $"Bearer {credential}"));

    /// <summary>Somebody who is not signed in.</summary>
    internal ApiClient Stranger() => new(Address);

    private WebApplication Build(string path, (string Key, string Value)[] settings, Action<IServiceCollection> change)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            EnvironmentName = settings.FirstOrDefault(setting => setting.Key == "environment").Value ?? "Test",
        });
        builder.Logging.ToSuite(Log);
        builder.Configuration["urls"] = "http://127.0.0.1:0";
        builder.Configuration["Storage:SqlitePath"] = path;
        builder.Configuration["Cluster:SiloPort"] = LoopbackPort.Free().ToString();
        builder.Configuration["Cluster:GatewayPort"] = LoopbackPort.Free().ToString();
        foreach (var (key, value) in settings)
            builder.Configuration[key] = value;
        builder.Configuration.AddSecretFiles();
        builder.Services.AddSingleton<IJobStore>(Faults);
        builder.AddJobTrackerSilo().AddJobTrackerGateway();
        if (!settings.Any(setting => setting.Key == "Auth:Mode"))
        {
            // Not by AddAuthentication, which would bring back what reads the keys of cookies before there is a cluster.
            builder.Services.Configure<AuthenticationOptions>(options => options.DefaultScheme = TestCallers.SchemeName);
            new AuthenticationBuilder(builder.Services).AddScheme<AuthenticationSchemeOptions, TestCallers>(TestCallers.SchemeName, null);
        }
        change(builder.Services);
        return builder.Build().MapJobTrackerGateway().MapOrleansPages();
    }
}
