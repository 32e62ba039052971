using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Jobs;

/// <summary>Nothing was stored: the new job's idempotency key belongs to <see cref="Holder"/>.</summary>
internal sealed class IdempotencyKeyTakenException(JobId holder, string fingerprint) : OrleansException($"The idempotency key belongs to {holder}.")
{
    public JobId Holder => holder;

    public string Fingerprint => fingerprint;
}
