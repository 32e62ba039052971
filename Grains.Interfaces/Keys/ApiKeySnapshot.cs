using System.Collections.Immutable;

namespace JobTracker.Keys;

/// <summary>An API key as it is shown: all but its secret.</summary>
/// <param name="OrganizationId">Whose it is.</param>
/// <param name="UserId">On whose behalf it acts.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Scopes">What it may do, in the order of <see cref="Keys.Scopes.All"/>.</param>
/// <param name="CreatedById">The user who made it.</param>
/// <param name="ExpiresAt">From then on it is refused; null: never.</param>
/// <param name="RevokedAt">Since then it is refused; null: it is not revoked.</param>
/// <param name="LastUsedAt">When it was last used, to the minute; null: never.</param>
/// <param name="PreviousSecretUntil">Until then the secret before this one works too; null: it does not.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.ApiKeySnapshot")]
public sealed record ApiKeySnapshot(
    [property: Id(0)] KeyId Id,
    [property: Id(1)] string OrganizationId,
    [property: Id(2)] string UserId,
    [property: Id(3)] string Name,
    [property: Id(4)] ImmutableArray<string> Scopes,
    [property: Id(5)] DateTimeOffset CreatedAt,
    [property: Id(6)] string CreatedById,
    [property: Id(7)] DateTimeOffset? ExpiresAt,
    [property: Id(8)] DateTimeOffset? RevokedAt,
    [property: Id(9)] DateTimeOffset? LastUsedAt,
    [property: Id(10)] DateTimeOffset? PreviousSecretUntil);
