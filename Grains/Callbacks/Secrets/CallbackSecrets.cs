namespace JobTracker.Grains.Callbacks.Secrets;

/// <summary>What an organization signs with: its secret, and for a while after a rotation the one before it.</summary>
/// <param name="Current">Signs always, and first.</param>
/// <param name="Previous">Signs too before <paramref name="PreviousUntil"/>, so that receivers can change over without losing a
/// callback.</param>
internal sealed record CallbackSecrets(CallbackSecret Current, CallbackSecret? Previous = null, DateTimeOffset PreviousUntil = default)
{
    /// <summary>Replaces the secret. A second rotation within the overlap drops the oldest secret: two sign at most.</summary>
    public CallbackSecrets Rotate(CallbackSecret next, DateTimeOffset now, TimeSpan overlap) => new(next, Current, now + overlap);

    /// <summary>The secrets that sign at this moment, the current one first.</summary>
    public IReadOnlyList<CallbackSecret> At(DateTimeOffset now) =>
        Previous is { } previous && now < PreviousUntil ? [Current, previous] : [Current];
}
