using System.Collections.Immutable;
using JobTracker.Callers;

namespace JobTracker.Keys;

/// <summary>Who manages keys, and what he may do himself: nobody grants, renews or ends more than he has.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.KeyManager")]
public sealed record KeyManager([property: Id(0)] Caller Caller, [property: Id(1)] ImmutableArray<string> Scopes)
{
    /// <summary>The first of these scopes that he lacks; null: he has them all.</summary>
    public string? Lacks(IEnumerable<string> scopes) => scopes.FirstOrDefault(scope => !Keys.Scopes.Allow(Scopes, scope));
}

/// <summary>Makes a key. Whether its maker may grant all of it was asked before.</summary>
/// <param name="Hash">Of its secret, which the grain never sees.</param>
/// <param name="ExpiresAt">Null: it never expires.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.CreateKey")]
public sealed record CreateKey(
    [property: Id(0)] string OrganizationId,
    [property: Id(1)] string UserId,
    [property: Id(2)] string Name,
    [property: Id(3)] ImmutableArray<string> Scopes,
    [property: Id(4)] DateTimeOffset? ExpiresAt,
    [property: Id(5)] SecretHash Hash,
    [property: Id(6)] string CreatedById);

/// <summary>Gives a key another secret; the one before works on for <paramref name="Overlap"/>, and the one before that no more.</summary>
/// <param name="Overlap">0: the old one ends at once.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.RotateKey")]
public sealed record RotateKey([property: Id(0)] SecretHash Hash, [property: Id(1)] TimeSpan Overlap);

/// <summary>How a command about a key ended.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.KeyOutcome")]
public abstract record KeyOutcome
{
    private KeyOutcome()
    {
    }

    /// <summary>It is stored.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.KeyOutcome.Accepted")]
    public sealed record Accepted([property: Id(0)] ApiKeySnapshot Key) : KeyOutcome;

    /// <summary>There is no such key in the caller's organization.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.KeyOutcome.NotFound")]
    public sealed record NotFound : KeyOutcome;

    /// <summary>Another key has this name: a new one must be drawn.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.KeyOutcome.Taken")]
    public sealed record Taken : KeyOutcome;

    /// <summary>The caller lacks a scope that the key has.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.KeyOutcome.Beyond")]
    public sealed record Beyond([property: Id(0)] string Scope) : KeyOutcome;

    /// <summary>It is revoked or has expired: it cannot be given another secret.</summary>
    [GenerateSerializer, Immutable, Alias("jobtracker.KeyOutcome.Ended")]
    public sealed record Ended : KeyOutcome;
}
