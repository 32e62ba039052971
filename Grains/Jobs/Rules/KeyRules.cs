using JobTracker.Jobs;

namespace JobTracker.Grains.Jobs.Rules;

/// <summary>The idempotency key of a create, be it of a job or of a batch.</summary>
internal static class KeyRules
{
    private const int LongestFingerprint = 128;

    /// <summary>What is wrong with it, or null.</summary>
    public static string? Problem(string? key, string? fingerprint, JobLimits limits) => key switch
    {
        null => null,
        { Length: var length } when length == 0 || length > limits.IdempotencyKeyLength =>
            $"must be 1 to {limits.IdempotencyKeyLength} characters",
        _ when string.IsNullOrEmpty(fingerprint) => "needs a fingerprint",
        _ when fingerprint.Length > LongestFingerprint => $"has a fingerprint of more than {LongestFingerprint} characters",
        _ => WordRules.TextProblem(key),
    };
}
