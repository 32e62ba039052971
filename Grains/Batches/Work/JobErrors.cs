using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Jobs;

namespace JobTracker.Grains.Batches.Work;

/// <summary>Errors as a job takes them: its own limits may be narrower than what is stored of the provider's words.</summary>
internal static class JobErrors
{
    private const string Unnamed = "error";

    /// <param name="words">The finest first; the first that says something is the code.</param>
    public static JobError Fit(JobLimits limits, string? message, params ReadOnlySpan<string?> words)
    {
        string? code = null;
        foreach (var word in words)
            code ??= ProviderText.Word(word);
        var fit = ProviderText.Clean(code, limits.ErrorCodeLength);
        if (string.IsNullOrEmpty(fit))
            fit = ProviderText.Clean(Unnamed, limits.ErrorCodeLength)!; // also where there is no room for its first character
        return new JobError(fit, ProviderText.Clean(message, limits.ErrorMessageLength));
    }
}
