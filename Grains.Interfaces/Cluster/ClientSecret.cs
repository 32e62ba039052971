using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace JobTracker.Cluster;

/// <summary>The secret that an Orleans client gives with each of its calls, and the cluster's silos ask for. Never printed.</summary>
internal static class ClientSecret
{
    /// <summary>Its longest, in characters; it travels with every call.</summary>
    public const int MostCharacters = 1024;

    /// <summary>What is said of one that is empty or too long; never its text.</summary>
    public const string WrongLength = "a secret has 1 to 1,024 characters.";

    private const string Name = "jobtracker.client-secret";

    /// <summary>Into the request that is being sent. Behind an await of the sender it is gone again.</summary>
    public static void Give(string secret) => RequestContext.Set(Name, secret);

    /// <summary>Out of the request that came in: what it calls in turn does not carry the secret on.</summary>
    public static string? Take()
    {
        var given = RequestContext.Get(Name) as string;
        if (given is not null)
            RequestContext.Remove(Name);
        return given;
    }

    /// <summary>In a time that tells nothing but the lengths.</summary>
    public static bool IsRight(string? given, string expected) => CryptographicOperations.FixedTimeEquals(
        MemoryMarshal.AsBytes(given.AsSpan()), MemoryMarshal.AsBytes(expected.AsSpan()));
}
