using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway;

/// <summary>What one request, and one organization, may ask of the gateway. Past a limit comes a 413, 422 or 429, never a crash.</summary>
/// <remarks>Section <c>Limits</c>, which silos read too: what a job may hold is told early here, and decided there.</remarks>
public sealed class GatewayLimits
{
    public const string Section = "Limits";

    /// <summary>Bytes of a request's body.</summary>
    [Range(1_024, 1 << 30)]
    public int BodyBytes { get; set; } = 1 << 20;

    /// <summary>Bytes of a bulk request's body.</summary>
    [Range(1_024, 1 << 30)]
    public int BulkBodyBytes { get; set; } = 16 << 20;

    /// <summary>Jobs in one bulk request.</summary>
    [Range(1, 100_000)]
    public int BulkJobs { get; set; } = 1_000;

    /// <summary>Jobs of one bulk request that are made at the same time.</summary>
    [Range(1, 10_000)]
    public int BulkConcurrency { get; set; } = 128;

    /// <summary>Bytes of a batch that comes as lines (JSONL), which are never held together.</summary>
    [Range(1_024, 1 << 30)]
    public int BatchBodyBytes { get; set; } = 256 << 20;

    /// <summary>Bytes of a batch that comes as one JSON object, which is held as a whole.</summary>
    [Range(1_024, 1 << 28)]
    public int BatchJsonBytes { get; set; } = 16 << 20;

    /// <summary>Items of a batch; a provider may take fewer.</summary>
    [Range(1, 1_000_000)]
    public int BatchItems { get; set; } = 100_000;

    /// <summary>Bytes of one item.</summary>
    [Range(64, 64 << 20)]
    public int BatchItemBytes { get; set; } = 32 << 20;

    /// <summary>Bytes of metadata, and of request_config, as compact JSON.</summary>
    [Range(2, 1 << 24)]
    public int MetadataBytes { get; set; } = 64 << 10;

    /// <summary>Levels of metadata, and of request_config, the outermost object included.</summary>
    [Range(1, 64)]
    public int MetadataDepth { get; set; } = 32;

    /// <summary>Characters of a URL.</summary>
    [Range(16, 16_384)]
    public int UrlLength { get; set; } = 2_048;

    /// <summary>Characters of an idempotency key.</summary>
    [Range(1, 1024)]
    public int IdempotencyKeyLength { get; set; } = 255;

    /// <summary>The longest <c>wait</c> of a read.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan Wait { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes of one page of a list, which the silo holds to; the gateway keeps room for as many before it asks.</summary>
    [Range(1 << 14, 1 << 26)]
    public int PageBytes { get; set; } = 8 << 20;

    /// <summary>Bytes of pages that one organization may have on their way on this gateway; room for one page at least.</summary>
    [Range(1 << 14, 1 << 30)]
    public int OrganizationBytesInFlight { get; set; } = 64 << 20;

    /// <summary>How long a list waits for room among them.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:01:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan ListWait { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How fast an answer must be read at least, on average, while there is something to send.</summary>
    [Range(1, 1 << 30)]
    public int ResponseBytesPerSecond { get; set; } = 64 << 10;

    /// <summary>The same of event streams and of the lines of a batch, which hold little. 240 is Kestrel's own.</summary>
    [Range(1, 1 << 30)]
    public int StreamBytesPerSecond { get; set; } = 240;

    /// <summary>How long a write may take however few its bytes are. Kestrel looks once a second.</summary>
    [Range(typeof(TimeSpan), "00:00:02", "00:10:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan ResponseGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Event streams that one organization may have open on this gateway.</summary>
    [Range(1, 1_000_000)]
    public int StreamsPerOrganization { get; set; } = 1_000;

    /// <summary>How long an event stream may be silent before a comment tells that it lives.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:10:00", ConvertValueInInvariantCulture = true, ParseLimitsInInvariantCulture = true)]
    public TimeSpan StreamComment { get; set; } = TimeSpan.FromSeconds(15);
}

/// <summary>Checks the ranges at start, and names the key that is out of its own.</summary>
internal sealed class GatewayLimitsValidator : IValidateOptions<GatewayLimits>
{
    public ValidateOptionsResult Validate(string? name, GatewayLimits options)
    {
        var problems = new List<ValidationResult>();
        if (Validator.TryValidateObject(options, new ValidationContext(options), problems, validateAllProperties: true)
            && options.OrganizationBytesInFlight < options.PageBytes)
        {
            problems.Add(new ValidationResult("must be Limits:PageBytes at least: no page could be sent.", [nameof(options.OrganizationBytesInFlight)]));
        }

        return problems.Count == 0
            ? ValidateOptionsResult.Success
            : ValidateOptionsResult.Fail(problems.Select(problem => $"{GatewayLimits.Section}:{problem.MemberNames.FirstOrDefault()}: {problem.ErrorMessage}"));
    }
}
