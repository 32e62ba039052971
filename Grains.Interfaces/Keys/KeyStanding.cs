using System.Collections.Immutable;
using JobTracker.Organizations;

namespace JobTracker.Keys;

/// <summary>Who comes in with a key whose secret is right.</summary>
/// <param name="ExpiresAt">Until when, by this key; null: no end is set.</param>
/// <param name="Limits">What the organization may ask for where it differs from the gateway's configuration.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.KeyStanding")]
public sealed record KeyStanding(
    [property: Id(0)] KeyId Id,
    [property: Id(1)] string OrganizationId,
    [property: Id(2)] string UserId,
    [property: Id(3)] ImmutableArray<string> Scopes,
    [property: Id(4)] DateTimeOffset? ExpiresAt,
    [property: Id(5)] OrganizationLimits Limits);
