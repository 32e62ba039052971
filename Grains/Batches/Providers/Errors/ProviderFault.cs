namespace JobTracker.Grains.Batches.Providers.Errors;

/// <summary>One reason that a provider gives for a failure, made fit by <see cref="ProviderText"/>.</summary>
/// <param name="Code">The finer word, such as <c>context_length_exceeded</c>.</param>
/// <param name="Line">Of the input, from 1.</param>
/// <param name="Param">The field that is wrong, in the provider's words.</param>
/// <param name="Type">The kind of error, such as <c>invalid_request_error</c>.</param>
internal sealed record ProviderFault(string? Code, string? Message, long? Line = null, string? Param = null, string? Type = null)
{
    /// <summary>Reasons that are kept of one answer.</summary>
    public const int Most = 100;

    /// <summary>The finest word for it.</summary>
    public string? Word => Code ?? Type;
}
