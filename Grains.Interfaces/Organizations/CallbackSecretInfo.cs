namespace JobTracker.Organizations;

/// <summary>What a receiver verifies an organization's callbacks with. Prints without the secret.</summary>
/// <param name="Secret"><c>whsec_</c> and base64.</param>
/// <param name="IsConfigured">The server's configuration sets it, for every organization: it cannot be rotated here.</param>
/// <param name="PreviousSignsUntil">Until then the secret before this one signs too; null: it does not.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.CallbackSecretInfo")]
public sealed record CallbackSecretInfo(
    [property: Id(0)] string Secret,
    [property: Id(1)] bool IsConfigured,
    [property: Id(2)] DateTimeOffset? PreviousSignsUntil)
{
    public override string ToString() =>
        $"{nameof(CallbackSecretInfo)} {{ IsConfigured = {IsConfigured}, PreviousSignsUntil = {PreviousSignsUntil:O} }}";
}
