using System.Buffers.Binary;
using System.Security.Cryptography;

namespace JobTracker.Grains.Storage.Jobs.Grouping;

/// <summary>
/// Ids of writes: a random number of this process, and a count. They only have to differ, and a random number for each costs more than all
/// else that preparing a write does.
/// </summary>
internal static class WriteIds
{
    private static readonly byte[] Process = RandomNumberGenerator.GetBytes(8);
    private static long _last;

    public static Guid Next()
    {
        Span<byte> bytes = stackalloc byte[16];
        Process.CopyTo(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes[8..], Interlocked.Increment(ref _last));
        return new Guid(bytes, bigEndian: true);
    }
}
