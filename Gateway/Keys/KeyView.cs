using System.Collections.Immutable;
using System.Text.Json.Serialization;
using JobTracker.Keys;

namespace JobTracker.Gateway.Keys;

/// <summary>An API key: all of it but what is secret.</summary>
internal record KeyView
{
    /// <summary>`key-` and 10 characters, which stand in the key itself, too.</summary>
    public required string Id { get; init; }

    /// <summary>Whose it is.</summary>
    public required string OrganizationId { get; init; }

    /// <summary>On whose behalf it acts.</summary>
    public required string UserId { get; init; }

    /// <summary>What people call it.</summary>
    public required string Name { get; init; }

    /// <summary>What it may do.</summary>
    public required ImmutableArray<string> Scopes { get; init; }

    /// <summary>When it was made.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>The user who made it.</summary>
    public required string CreatedById { get; init; }

    /// <summary>From then on it is refused; null: never.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Since then it is refused; null: it is not revoked.</summary>
    public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>When it was last used, to the minute; null: never.</summary>
    public DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>Until then the secret before this one works too; null: it does not.</summary>
    public DateTimeOffset? PreviousSecretUntil { get; init; }

    public static KeyView Of(ApiKeySnapshot key) => Fill(key, secret: null);

    /// <summary>With the whole key, which is shown this once.</summary>
    public static KeyWithSecretView Of(ApiKeySnapshot key, ApiKey secret) => (KeyWithSecretView)Fill(key, secret);

    private static KeyView Fill(ApiKeySnapshot key, ApiKey? secret)
    {
        var view = new KeyWithSecretView
        {
            Id = key.Id.ToString(),
            OrganizationId = key.OrganizationId,
            UserId = key.UserId,
            Name = key.Name,
            Scopes = key.Scopes,
            CreatedAt = key.CreatedAt,
            CreatedById = key.CreatedById,
            ExpiresAt = key.ExpiresAt,
            RevokedAt = key.RevokedAt,
            LastUsedAt = key.LastUsedAt,
            PreviousSecretUntil = key.PreviousSecretUntil,
            Secret = secret?.Text ?? "",
        };
        return secret is null ? new KeyView(view) : view;
    }
}

/// <summary>An API key that was just given a secret.</summary>
internal sealed record KeyWithSecretView : KeyView
{
    /// <summary>The whole key, `jtk_…`: shown this once, and kept nowhere.</summary>
    [JsonPropertyOrder(1)]
    public required string Secret { get; init; }
}
