using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace JobTracker.Gateway.DataProtection;

/// <summary>How the keys that encrypt cookies are kept themselves. Section <c>DataProtection</c>.</summary>
internal sealed class DataProtectionSettings : IValidatableObject
{
    public const string Section = "DataProtection";

    /// <summary>
    /// A file with a certificate and its private RSA key, PKCS #12 (PFX) or PEM, the same on every gateway: the keys are encrypted with it
    /// before they are stored. Null: they are stored as they are. Neither its dates nor its issuer are looked at.
    /// </summary>
    public string? Certificate { get; set; }

    /// <summary>Of the file, or of the key in it; null: it has none. Never printed.</summary>
    public string? CertificatePassword { get; set; }

    /// <summary>The certificate with its key; null: none is configured.</summary>
    /// <exception cref="CryptographicException">The file is no such thing.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public X509Certificate2? Load()
    {
        if (string.IsNullOrEmpty(Certificate))
            return null;
        var read = IsPem(Certificate) ? LoadPem(Certificate) : X509CertificateLoader.LoadPkcs12FromFile(Certificate, CertificatePassword);
        using var key = read.GetRSAPrivateKey();
        if (key is not null)
            return read;
        read.Dispose();
        throw new CryptographicException("There is no private RSA key in the file.");
    }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        string? problem = null;
        try
        {
            Load()?.Dispose();
        }
        catch (Exception fault) when (fault is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            problem = fault.Message;
        }

        if (problem is not null)
            yield return new ValidationResult(
                $"cannot be used: it must be a PFX or PEM file with a certificate and its private RSA key, and the password must be its own. "
                    + problem,
                [nameof(Certificate)]);
    }

    private X509Certificate2 LoadPem(string file) => string.IsNullOrEmpty(CertificatePassword)
        ? X509Certificate2.CreateFromPemFile(file)
        : X509Certificate2.CreateFromEncryptedPemFile(file, CertificatePassword);

    private static bool IsPem(string file)
    {
        Span<byte> first = stackalloc byte[10];
        using var stream = File.OpenRead(file);
        return stream.ReadAtLeast(first, first.Length, throwOnEndOfStream: false) == first.Length && first.SequenceEqual("-----BEGIN"u8);
    }
}
