using System.Diagnostics.CodeAnalysis;

namespace JobTracker.Keys;

/// <summary>
/// A key's id: <c>key-</c> and the 10 characters of base62 that name it in the key itself. The prefix keeps the name from being read as a
/// hexadecimal number by the grain storage.
/// </summary>
[GenerateSerializer, Immutable, Alias("jobtracker.KeyId")]
public readonly record struct KeyId([property: Id(0)] string Name)
{
    private const string Prefix = "key-";
    private const int NameLength = 10;

    /// <summary>The id of the key that has this name.</summary>
    internal static KeyId Named(string name) => new(name);

    /// <summary>Reads exactly what <see cref="ToString"/> writes.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out KeyId id)
    {
        var isId = text is { Length: 14 } && text.StartsWith(Prefix, StringComparison.Ordinal)
            && text.AsSpan(Prefix.Length).IndexOfAnyExcept(Characters) < 0;
        id = isId ? new KeyId(text![Prefix.Length..]) : default;
        return isId;
    }

    public override string ToString() => Prefix + Name;

    private static readonly System.Buffers.SearchValues<char> Characters =
        System.Buffers.SearchValues.Create("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
}
