using JobTracker.Grains.Callbacks.Secrets;

namespace JobTracker.Grains.Organizations;

/// <summary>
/// <see cref="CallbackSecrets"/> in the form in which they are stored and sent from silo to silo. Prints without the secrets.
/// </summary>
[GenerateSerializer, Immutable, Alias("jobtracker.grains.StoredSecrets")]
internal sealed record StoredSecrets(
    [property: Id(0)] string Current,
    [property: Id(1)] string? Previous,
    [property: Id(2)] DateTimeOffset PreviousUntil)
{
    public static StoredSecrets Of(CallbackSecrets secrets) => new(secrets.Current.Text, secrets.Previous?.Text, secrets.PreviousUntil);

    public CallbackSecrets Read() =>
        new(CallbackSecret.Parse(Current), Previous is { } previous ? CallbackSecret.Parse(previous) : null, PreviousUntil);

    public override string ToString() => nameof(StoredSecrets);
}
