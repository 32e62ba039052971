using JobTracker.Keys;

namespace JobTracker.Pages.Admin.Keys;

/// <summary>Whether a key lets anybody in.</summary>
internal static class KeyState
{
    public const string Active = "active";
    public const string Expired = "expired";
    public const string Revoked = "revoked";

    /// <summary>One that was revoked is that, whenever it would have expired.</summary>
    public static string Of(ApiKeySnapshot key, DateTimeOffset now) => key switch
    {
        { RevokedAt: not null } => Revoked,
        { ExpiresAt: { } end } when end <= now => Expired,
        _ => Active,
    };
}
