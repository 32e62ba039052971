namespace JobTracker.Batches;

/// <summary>One reason why a batch failed as a whole. The provider's own words where it gave any.</summary>
/// <param name="Code">1 to 128 characters, such as <c>invalid_json_line</c>; null where the provider gave none.</param>
/// <param name="Message">1 to 2,000 characters.</param>
/// <param name="Line">Of the input as it went to the provider, from 1.</param>
/// <param name="Param">The field that is wrong, in the provider's words.</param>
[GenerateSerializer, Immutable, Alias("jobtracker.BatchError")]
public sealed record BatchError(
    [property: Id(0)] string? Code,
    [property: Id(1)] string? Message,
    [property: Id(2)] long? Line = null,
    [property: Id(3)] string? Param = null);
