using JobTracker.Grains.Callbacks.Sending;

namespace JobTracker.Grains.Callbacks.Delivery;

/// <summary>One attempt to be made by <see cref="CallbackDispatcher"/>.</summary>
/// <param name="Key">Held once at a time: the job's id.</param>
/// <param name="Organization">Whose it is; shares its limits.</param>
/// <param name="Host">Shares the limits of the organization's host: <see cref="CallbackMessage.HostOf"/>.</param>
/// <param name="Attempt">Makes the attempt and stores what came of it; says whether the host is well, or null when it was not
/// asked.</param>
internal sealed record CallbackWork(
    string Key, string Organization, string Host, Func<CancellationToken, Task<bool?>> Attempt);
