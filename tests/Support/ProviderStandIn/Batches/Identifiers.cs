using System.Security.Cryptography;

namespace JobTracker.Tests.StandIn.Batches;

/// <summary>Identifiers in the order of their making. The salt keeps two stand-ins that feed one database apart.</summary>
public sealed class Identifiers
{
    private readonly string _salt = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6));
    private int _last;

    public string Next(string prefix) => $"{prefix}{_salt}{Interlocked.Increment(ref _last):D8}";
}
