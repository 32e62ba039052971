using JobTracker.Configuration;
using JobTracker.Gateway;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Callbacks;
using JobTracker.Grains.Callbacks.Secrets;
using JobTracker.Grains.Organizations;
using JobTracker.Grains.Storage.PostgreSql;
using JobTracker.Tests.Integration.Batches;
using JobTracker.Tests.Integration.Gateway;
using JobTracker.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;

namespace JobTracker.Tests.Integration.Secrets;

/// <summary>Secrets:Folder: what stands in the files counts, and what they are changed to counts without a restart.</summary>
public sealed class SecretFilesTests
{
    private const string Account = "Batches__Providers__main__ApiKey";
    private const string Signing = "Callbacks__SigningSecret";

    [Fact]
    public async Task An_accounts_new_key_goes_with_the_next_request()
    {
        using var folder = new SecretFolder((Account, "first"));
        await using var provider = new WireServer(call => call.AnswerAsync(401, "{}"));
        using var configuration = Configured(
            folder, ("Batches:Providers:main:Dialect", "openai"), ("Batches:Providers:main:BaseUrl", provider.Address.AbsoluteUri));
        await using var services = new ServiceCollection().AddSingleton(TimeProvider.System).AddBatchProviders(configuration)
            .BuildServiceProvider();
        Assert.True(services.GetRequiredService<BatchProviders>().TryFind("main", out var account));

        await Assert.ThrowsAnyAsync<Exception>(() => account.GetAsync("b_1", default));
        await folder.ReplaceAsync(Rereading<BatchProviderOptions>(services), (Account, "second"));
        await Assert.ThrowsAnyAsync<Exception>(() => account.GetAsync("b_1", default));

        Assert.Equal(["Bearer first", "Bearer second"], provider.Calls.Select(call => call.Headers["Authorization"]));
    }

    [Fact]
    public async Task A_new_signing_secret_signs_and_a_bad_one_leaves_the_last_good_one()
    {
        var (first, second) = (CallbackSecret.Generate().Text, CallbackSecret.Generate().Text);
        using var folder = new SecretFolder((Signing, first));
        await using var host = new GatewayHost(("Secrets:Folder", folder.Name));
        host.Log.Expect("JobTracker.Configuration", "a bad secret is left aside");
        await host.InitializeAsync();
        Assert.Equal((first, first), await SecretAsync(host));

        await folder.ReplaceAsync(Rereading<CallbackOptions>(host.Services), (Signing, second));
        Assert.Equal((second, second), await SecretAsync(host));

        await folder.ReplaceAsync(Rereading<CallbackOptions>(host.Services), (Signing, "whsec_tooshort"));
        Assert.Equal((second, second), await SecretAsync(host));
    }

    [Fact]
    public async Task A_new_password_of_the_database_opens_the_next_connection()
    {
        const string ConnectionKey = "ConnectionStrings__Postgres";
        await using var server = await PostgresServer.StartPrivateAsync();
        var admin = server.ConnectionString("postgres");
        await RunAsync(admin, "create role keeper login password 'first'");
        await RunAsync(admin, """
            do $$ begin execute format(
                'copy (values (''host all keeper 127.0.0.1/32 scram-sha-256''), (''host all all 127.0.0.1/32 trust'')) to %L',
                current_setting('hba_file')); perform pg_reload_conf(); end $$
            """);
        string As(string password) =>
            new NpgsqlConnectionStringBuilder(admin) { Username = "keeper", Password = password, Pooling = false }.ConnectionString;
        using var folder = new SecretFolder((ConnectionKey, As("first")));
        using var configuration = Configured(folder);
        await using var pool = PostgresPool.Open(
            configuration.GetConnectionString("Postgres")!, () => configuration.GetConnectionString("Postgres"));
        await using (await pool.OpenConnectionAsync())
            await RunAsync(admin, "alter role keeper password 'second'");
        await Assert.ThrowsAsync<PostgresException>(async () => await pool.OpenConnectionAsync());

        await folder.ReplaceAsync(
            done => ((IConfiguration)configuration).GetReloadToken().RegisterChangeCallback(_ => done(), state: null),
            (ConnectionKey, As("second")));

        await using var connection = await pool.OpenConnectionAsync();
        Assert.Equal("keeper", await new NpgsqlCommand("select current_user", connection).ExecuteScalarAsync());
    }

    [Fact]
    public void An_empty_file_and_a_folder_that_is_not_there_are_refused_by_name()
    {
        using var folder = new SecretFolder((Signing, ""));

        var empty = Assert.Throws<StartRefusedException>(() => Configured(folder));
        var absent = Assert.Throws<StartRefusedException>(() => Of(("Secrets:Folder", "/nowhere/at/all")));

        Assert.Equal($"The secret file {folder.Name}/{Signing} is empty.", empty.Message);
        Assert.Equal("Secrets:Folder: there is no folder '/nowhere/at/all'.", absent.Message);
    }

    private static Func<Action, IDisposable?> Rereading<T>(IServiceProvider services) =>
        done => services.GetRequiredService<IOptionsMonitor<T>>().OnChange(_ => done());

    private static async Task<(string Signs, string Told)> SecretAsync(GatewayHost host)
    {
        var signs = await host.Services.GetRequiredService<CallbackSecretCache>().OfAsync("org-1");
        var told = (await host.Caller("org-1").GetAsync("/v1/callback-secret")).Ok();
        return (signs.Current.Text, told.Text("secret"));
    }

    private static async Task RunAsync(string connectionString, string sql)
    {
        await using var source = NpgsqlDataSource.Create(connectionString);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    private static ConfigurationManager Configured(SecretFolder folder, params (string Key, string Value)[] settings) =>
        Of([("Secrets:Folder", folder.Name), .. settings]);

    private static ConfigurationManager Of(params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationManager();
        foreach (var (key, value) in settings)
            configuration[key] = value;
        configuration.AddSecretFiles();
        return configuration;
    }
}
