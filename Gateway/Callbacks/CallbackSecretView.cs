using JobTracker.Organizations;

namespace JobTracker.Gateway.Callbacks;

/// <summary>What a receiver verifies callbacks with.</summary>
/// <param name="Secret">`whsec_` and base64.</param>
/// <param name="IsConfigured">The server's configuration sets it: it cannot be rotated here.</param>
/// <param name="PreviousSignsUntil">Until then the secret before this one signs too.</param>
internal sealed record CallbackSecretView(string Secret, bool IsConfigured, DateTimeOffset? PreviousSignsUntil)
{
    public static CallbackSecretView Of(CallbackSecretInfo secret) => new(secret.Secret, secret.IsConfigured, secret.PreviousSignsUntil);
}
