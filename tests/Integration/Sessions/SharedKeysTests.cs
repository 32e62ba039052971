using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using JobTracker.Gateway.DataProtection;
using JobTracker.Gateway.Health;
using JobTracker.Gateway.Sessions;
using JobTracker.Pages.Shell;
using JobTracker.Tests.Integration.Gateway;
using JobTracker.Tests.Integration.Gateway.Keys;
using JobTracker.Tests.Support.Logs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Sessions;

/// <summary>The keys that encrypt cookies: stored by the cluster, as they are or by a certificate, and waited for.</summary>
public sealed class SharedKeysTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobtracker-rings-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_session_outlives_the_gateway_for_its_keys_are_stored(bool isEncrypted)
    {
        List<(string Key, string Value)> settings =
            [.. KeysGateway.Settings, ("Storage:SqlitePath", Path.Combine(_folder.FullName, "shared.db"))];
        if (isEncrypted)
            settings.Add(("DataProtection:Certificate", WriteCertificate()));
        var port = JobTracker.Tests.Support.LoopbackPort.Free();
        settings.Add(("urls", $"http://127.0.0.1:{port}"));
        using var browser = new Browser($"http://127.0.0.1:{port}");
        await using (var first = new GatewayHost([.. settings]))
        {
            await first.InitializeAsync();
            var keys = new KeysGateway(first);
            var (_, key) = await keys.NewKeyAsync(await keys.NewOrganizationAsync(), "user-1", "jobs:read");
            await browser.SignInAsync(key);
            Assert.True(await browser.IsSignedInAsync());
        }

        await using var second = new GatewayHost([.. settings]);
        await second.InitializeAsync();
        await browser.ReadyAsync();

        Assert.True(await browser.IsSignedInAsync());
        var stored = string.Concat(second.Services.GetRequiredService<SharedKeys>().GetAllElements());
        Assert.Equal((isEncrypted, !isEncrypted), (stored.Contains("<EncryptedData"), stored.Contains("<masterKey")));
    }

    [Fact]
    public async Task A_certificate_that_cannot_be_read_is_refused_by_its_name()
    {
        var refusal = await Assert.ThrowsAnyAsync<Exception>(async () =>
        {
            await using var host = new GatewayHost(
                [.. KeysGateway.Settings, ("DataProtection:Certificate", Path.Combine(_folder.FullName, "gone.pfx"))]);
            await host.InitializeAsync();
        });

        Assert.StartsWith("DataProtection:Certificate cannot be used: ", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Until_the_keys_are_known_a_page_says_so_and_looks_again_and_all_else_is_served()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ToSuite();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Services.AddHealth();
        builder.Services.AddSingleton(new KeyRing(null!, null!, null!, null!, null!, null!));
        await using var app = builder.Build();
        app.UsePageGate();
        app.Run(http => http.Response.WriteAsync("through"));
        await app.StartAsync();
        using var browser = new Browser(app.Urls.First());

        var page = await browser.GetAsync("/ui/jobs");

        Assert.Equal((503, "1"), (page.Status, page.RetryAfter));
        Assert.Contains("""<meta http-equiv="refresh" content="2">""", page.Text, StringComparison.Ordinal);
        Assert.Contains("default-src 'self'", page.Policy, StringComparison.Ordinal);
        Assert.Equal(
            [503, 503, 503, 200, 200, 200],
            new[]
            {
                await browser.PostAsync("/ui/login"), await browser.GetAsync("/_blazor"), await browser.GetAsync("/UI/x"),
                await browser.GetAsync(PageAssets.PathOf("pages.css")), await browser.GetAsync("/v1/jobs"), await browser.GetAsync("/uix"),
            }.Select(answer => answer.Status));
    }

    private string WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var now = TimeProvider.System.GetUtcNow();
        using var made = new CertificateRequest("CN=jobtracker", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-2), now.AddDays(-1));
        var file = Path.Combine(_folder.FullName, "certificate.pem");
        File.WriteAllText(file, $"{made.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}");
        return file;
    }
}
