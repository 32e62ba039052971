using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;

namespace JobTracker.Grains.Callbacks.Secrets;

/// <summary>
/// A symmetric signing secret of Standard Webhooks 1.0: <c>whsec_</c> and base64 of 24 to 64 bytes. Prints as <c>whsec_***</c>.
/// </summary>
internal sealed class CallbackSecret
{
    public const string Prefix = "whsec_";
    private const int LeastBytes = 24;
    private const int MostBytes = 64;
    private const int GeneratedBytes = 32;

    private readonly byte[] _key;

    private CallbackSecret(byte[] key) => _key = key;

    public ReadOnlySpan<byte> Key => _key;

    /// <summary>The form that receivers are given and that is stored.</summary>
    public string Text => Prefix + Convert.ToBase64String(_key);

    /// <summary>A new secret of 32 bytes from the operating system's generator.</summary>
    public static CallbackSecret Generate() => new(RandomNumberGenerator.GetBytes(GeneratedBytes));

    /// <exception cref="FormatException">The text is no secret; the message says why and does not repeat it.</exception>
    public static CallbackSecret Parse(string text) =>
        TryParse(text, out var secret, out var error) ? secret : throw new FormatException(error);

    /// <param name="error">Why the text is no secret, without repeating it.</param>
    public static bool TryParse(string text, [NotNullWhen(true)] out CallbackSecret? secret, [NotNullWhen(false)] out string? error)
    {
        secret = null;
        error = null;
        var key = new byte[MostBytes + 1];
        if (!text.StartsWith(Prefix, StringComparison.Ordinal))
            error = $"a signing secret starts with {Prefix}";
        else if (text.Length > Prefix.Length + (4 * (MostBytes / 3)) + 4)
            error = $"a signing secret has at most {MostBytes} bytes";
        else if (!Convert.TryFromBase64String(text[Prefix.Length..], key, out var length))
            error = $"a signing secret is base64 after {Prefix}";
        else if (length is < LeastBytes or > MostBytes)
            error = $"a signing secret has {LeastBytes} to {MostBytes} bytes, this one {length}";
        else
            secret = new CallbackSecret(key[..length]);
        return secret is not null;
    }

    public override string ToString() => Prefix + "***";
}
