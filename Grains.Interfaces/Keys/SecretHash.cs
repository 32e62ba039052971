using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace JobTracker.Keys;

/// <summary>SHA-256 of a key's secret. Prints nothing of itself.</summary>
/// <param name="Bytes">32 of them.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.SecretHash")]
public readonly record struct SecretHash([property: Id(0)] ImmutableArray<byte> Bytes)
{
    /// <summary>Whether they are the same, found out in a time that tells nothing.</summary>
    public bool Equals(SecretHash other) => CryptographicOperations.FixedTimeEquals(Span, other.Span);

    public override int GetHashCode() => Bytes.IsDefaultOrEmpty ? 0 : MemoryMarshal.Read<int>(Span);

    public override string ToString() => nameof(SecretHash);

    private ReadOnlySpan<byte> Span => Bytes.IsDefault ? default : Bytes.AsSpan();
}
