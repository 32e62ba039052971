using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Gateway;

/// <summary>https by Kestrel's own settings, as docs/security.md has them.</summary>
public sealed class TlsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobtracker-tls-");
    private string _shown = "";

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Https_is_served_and_says_that_it_is_to_stay()
    {
        await using var host = new GatewayHost([.. Endpoint(), ("AllowedHosts", "jobs.example.org")]);
        await host.InitializeAsync();
        using var client = new HttpClient(new SocketsHttpHandler
        { SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = IsOurs } });

        Assert.Equal(["max-age=31536000"], await AskAsync("jobs.example.org"));
        Assert.Empty(await AskAsync("localhost"));
        Assert.Contains(" 400 ", await BrokenAsync(new Uri(host.Address)));

        async Task<string[]> AskAsync(string name)
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, host.Address + "/healthz/live") { Headers = { Host = name } };
            using var answer = await client.SendAsync(request).Soon();
            Assert.Equal((HttpStatusCode.OK, "nosniff"),
                (answer.StatusCode, answer.Headers.GetValues("X-Content-Type-Options").Single()));
            return answer.Headers.TryGetValues("Strict-Transport-Security", out var values) ? [.. values] : [];
        }
    }

    /// <summary>The status line of what the server refuses by itself.</summary>
    private async Task<string> BrokenAsync(Uri server)
    {
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(server.Host, server.Port);
        await using var tls = new SslStream(socket.GetStream(), leaveInnerStreamOpen: false, IsOurs);
        await tls.AuthenticateAsClientAsync("localhost");
        await tls.WriteAsync("BROKEN\r\n\r\n"u8.ToArray());
        using var reader = new StreamReader(tls, Encoding.ASCII);
        return (await reader.ReadLineAsync().Soon())!;
    }

    private bool IsOurs(object sender, X509Certificate? shown, X509Chain? chain, SslPolicyErrors errors) =>
        shown?.GetCertHashString(HashAlgorithmName.SHA256) == _shown;

    private (string Key, string Value)[] Endpoint()
    {
        var (certificate, key) = (Path.Combine(_folder.FullName, "tls.crt"), Path.Combine(_folder.FullName, "tls.key"));
        using var secret = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = new CertificateRequest("CN=localhost", secret, HashAlgorithmName.SHA256)
            .CreateSelfSigned(now.AddDays(-1), now.AddDays(1));
        _shown = made.GetCertHashString(HashAlgorithmName.SHA256);
        File.WriteAllText(certificate, made.ExportCertificatePem());
        File.WriteAllText(key, secret.ExportPkcs8PrivateKeyPem());
        return
        [
            ("urls", ""),
            ("Kestrel:Endpoints:Https:Url", "https://127.0.0.1:0"),
            ("Kestrel:Endpoints:Https:Certificate:Path", certificate),
            ("Kestrel:Endpoints:Https:Certificate:KeyPath", key),
        ];
    }
}
