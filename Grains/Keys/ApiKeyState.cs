using JobTracker.Keys;

namespace JobTracker.Grains.Keys;

/// <summary>What the grain storage "state" keeps of an API key, as JSON: never the key, only what its secret hashes to.</summary>
internal sealed record ApiKeyState
{
    /// <summary>How long a key that has ended is still shown.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromDays(90);

    /// <summary>Null: there is no such key.</summary>
    public string? OrganizationId { get; init; }
    public string UserId { get; init; } = "";
    public string Name { get; init; } = "";
    public IReadOnlyList<string> Scopes { get; init; } = [];
    public DateTimeOffset CreatedAt { get; init; }
    public string CreatedById { get; init; } = "";
    public DateTimeOffset? ExpiresAt { get; init; }
    public DateTimeOffset? RevokedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>SHA-256 of the secret.</summary>
    public byte[] Hash { get; init; } = [];

    /// <summary>Of the secret before it, which works until <see cref="PreviousUntil"/>.</summary>
    public byte[]? PreviousHash { get; init; }
    public DateTimeOffset PreviousUntil { get; init; }

    public static ApiKeyState Of(CreateKey command, DateTimeOffset now) => new()
    {
        OrganizationId = command.OrganizationId,
        UserId = command.UserId,
        Name = command.Name,
        Scopes = command.Scopes,
        CreatedAt = now,
        CreatedById = command.CreatedById,
        ExpiresAt = command.ExpiresAt,
        Hash = [.. command.Hash.Bytes],
    };

    /// <summary>A second rotation ends the oldest secret.</summary>
    public ApiKeyState Rotate(RotateKey command, DateTimeOffset now) => this with
    {
        Hash = [.. command.Hash.Bytes],
        PreviousHash = command.Overlap > TimeSpan.Zero ? Hash : null,
        PreviousUntil = now + command.Overlap,
    };

    /// <summary>Revoked or expired.</summary>
    public bool HasEnded(DateTimeOffset now) => RevokedAt is not null || ExpiresAt <= now;

    /// <summary>It ended so long ago that it is no longer shown.</summary>
    public bool IsOver(DateTimeOffset now) => (RevokedAt ?? ExpiresAt) is { } ended && ended + Shown <= now;

    /// <summary>Whether the key works with this secret.</summary>
    public bool Opens(SecretHash secret, DateTimeOffset now) => !HasEnded(now)
        && (secret.Equals(new SecretHash([.. Hash]))
            || (PreviousHash is { } previous && now < PreviousUntil && secret.Equals(new SecretHash([.. previous]))));

    public ApiKeySnapshot Show(KeyId id, DateTimeOffset now) => new(
        id, OrganizationId!, UserId, Name, [.. Scopes], CreatedAt, CreatedById, ExpiresAt, RevokedAt, LastUsedAt,
        PreviousHash is not null && now < PreviousUntil && !HasEnded(now) ? PreviousUntil : null);

    public override string ToString() => nameof(ApiKeyState);
}
