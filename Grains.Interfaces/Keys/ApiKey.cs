using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;

namespace JobTracker.Keys;

/// <summary>
/// An API key as its holder sends it: <c>jtk_</c>, 10 characters that name it, 32 that are secret, and 6 of a checksum, all of base62. A
/// secret scanner finds it as <c>jtk_[0-9A-Za-z]{10}_[0-9A-Za-z]{38}</c>. Prints without the secret.
/// </summary>
/// <remarks>
/// The secret has 190 bits of a cryptographic generator: what is stored is its SHA-256 alone, and a slow hash would buy nothing. The
/// checksum (CRC-32, IEEE, of all that stands before it, big-endian in base62) lets a mistyped key be refused without a look-up.
/// </remarks>
public sealed class ApiKey
{
    /// <summary>How every key begins.</summary>
    public const string Prefix = "jtk_";

    /// <summary>How many characters a key has.</summary>
    public const int Length = ChecksumAt + ChecksumLength;

    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static readonly SearchValues<char> Characters = SearchValues.Create(Alphabet);

    private const int NameLength = 10;
    private const int SecretLength = 32;
    private const int ChecksumLength = 6;
    private const int SecretAt = 4 + NameLength + 1;
    private const int ChecksumAt = SecretAt + SecretLength;

    private ApiKey(string text) => Text = text;

    /// <summary>The whole key. Never to be stored or logged.</summary>
    public string Text { get; }

    /// <summary>What names it, as the API and the grain know it.</summary>
    public KeyId Id => KeyId.Named(Text.Substring(Prefix.Length, NameLength));

    /// <summary>A new key with a name of its own.</summary>
    public static ApiKey New() => New(KeyId.Named(RandomNumberGenerator.GetString(Alphabet, NameLength)));

    /// <summary>A new secret for a key that there is.</summary>
    public static ApiKey New(KeyId id)
    {
        var body = $"{Prefix}{id.Name}_{RandomNumberGenerator.GetString(Alphabet, SecretLength)}";
        return new ApiKey(body + Checksum(body));
    }

    /// <summary>Reads a whole key; false where it has another form or its checksum is wrong.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ApiKey? key)
    {
        key = text is { Length: Length }
            && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text[SecretAt - 1] == '_'
            && !text.AsSpan(Prefix.Length, NameLength).ContainsAnyExcept(Characters)
            && !text.AsSpan(SecretAt).ContainsAnyExcept(Characters)
            && text.AsSpan(ChecksumAt).SequenceEqual(Checksum(text.AsSpan(0, ChecksumAt)))
                ? new ApiKey(text)
                : null;
        return key is not null;
    }

    /// <summary>SHA-256 of the secret: what is stored of it.</summary>
    public SecretHash Hash()
    {
        Span<byte> secret = stackalloc byte[SecretLength];
        Encoding.ASCII.GetBytes(Text.AsSpan(SecretAt, SecretLength), secret);
        return new SecretHash([.. SHA256.HashData(secret)]);
    }

    public override string ToString() => Id.ToString();

    private static string Checksum(ReadOnlySpan<char> text)
    {
        Span<byte> bytes = stackalloc byte[ChecksumAt];
        Encoding.ASCII.GetBytes(text, bytes);
        var rest = Crc32.HashToUInt32(bytes);
        return string.Create(ChecksumLength, rest, static (digits, number) =>
        {
            for (var i = digits.Length - 1; i >= 0; i--, number /= (uint)Alphabet.Length)
                digits[i] = Alphabet[(int)(number % (uint)Alphabet.Length)];
        });
    }
}
