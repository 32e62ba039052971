using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using JobTracker.Gateway.DataProtection;
using JobTracker.Tests.Unit.Configuration;

namespace JobTracker.Tests.Unit.Gateway.Sessions;

/// <summary>The certificate that encrypts the keys of cookies: what is taken, and what a wrong one is answered.</summary>
public sealed class KeyCertificateTests : IDisposable
{
    private const string Refused =
        "DataProtection:Certificate cannot be used: it must be a PFX or PEM file with a certificate and its private RSA key, and the password must be its own.";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobtracker-certificate-");
    private readonly RSA _key = RSA.Create(2048);

    public void Dispose()
    {
        _key.Dispose();
        _folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("pfx", "hunter")]
    [InlineData("pfx", "")]
    [InlineData("pem", "hunter")]
    [InlineData("pem", "")]
    public void A_file_with_its_key_is_taken_and_one_with_another_password_is_not(string form, string password)
    {
        var file = Write(form, password);

        using var loaded = new DataProtectionSettings { Certificate = file, CertificatePassword = password }.Load();

        Assert.NotNull(loaded);
        Assert.Empty(RefusalsOf(file, password));
        if (password.Length > 0)
            Assert.StartsWith(Refused, Assert.Single(RefusalsOf(file, "another")), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nothing")]
    [InlineData("")]
    [InlineData("-----BEGIN CERTIFICATE-----\nnonsense\n-----END CERTIFICATE-----\n")]
    public void What_is_no_certificate_is_refused_by_the_name_of_the_setting(string text)
    {
        var file = Path.Combine(_folder.FullName, "nothing");
        File.WriteAllText(file, text);

        Assert.StartsWith(Refused, Assert.Single(RefusalsOf(file, "")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_and_a_key_of_another_kind_are_refused()
    {
        using var curve = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var now = TimeProvider.System.GetUtcNow();
        using var made = new CertificateRequest("CN=jobtracker", curve, HashAlgorithmName.SHA256).CreateSelfSigned(now, now.AddDays(1));
        var file = Path.Combine(_folder.FullName, "curve");
        File.WriteAllText(file, made.ExportCertificatePem() + "\n" + curve.ExportPkcs8PrivateKeyPem());

        Assert.StartsWith(Refused, Assert.Single(RefusalsOf(file, "")), StringComparison.Ordinal);
        Assert.StartsWith(Refused, Assert.Single(RefusalsOf(file + "-gone", "")), StringComparison.Ordinal);
        Assert.Empty(RefusalsOf("", ""));
    }

    private static IEnumerable<string> RefusalsOf(string file, string password) => StartRefusals.Of<DataProtectionSettings>(
        DataProtectionSettings.Section, ("DataProtection:Certificate", file), ("DataProtection:CertificatePassword", password));

    private string Write(string form, string password)
    {
        var now = TimeProvider.System.GetUtcNow();
        using var made = new CertificateRequest("CN=jobtracker", _key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1)
            .CreateSelfSigned(now.AddDays(-2), now.AddDays(-1));
        var file = Path.Combine(_folder.FullName, $"certificate.{form}");
        if (form == "pfx")
            File.WriteAllBytes(file, made.Export(X509ContentType.Pkcs12, password));
        else
            File.WriteAllText(file, made.ExportCertificatePem() + "\n" + (password.Length == 0
                ? _key.ExportPkcs8PrivateKeyPem()
                : _key.ExportEncryptedPkcs8PrivateKeyPem(
                    password, new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1_000))));
        return file;
    }
}
