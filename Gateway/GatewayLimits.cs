using System.ComponentModel.DataAnnotations;
using JobTracker.Configuration;
using JobTracker.Jobs;

namespace JobTracker.Gateway;

/// <summary>What one request, and one organization, may ask of the gateway. Past a limit comes a 413, 422 or 429, never a crash.</summary>
/// <remarks>Section <c>Limits</c>, which silos read too: what a job may hold is told early here, and decided there.</remarks>
public sealed class GatewayLimits : JobLimits, IValidatableObject
{
    public const string Section = "Limits";

    /// <summary>Bytes of a request's body.</summary>
    [Within(1_024, 1 << 30)]
    public int BodyBytes { get; set; } = 1 << 20;

    /// <summary>Bytes of a bulk request's body.</summary>
    [Within(1_024, 1 << 30)]
    public int BulkBodyBytes { get; set; } = 16 << 20;

    /// <summary>Jobs in one bulk request.</summary>
    [Within(1, 100_000)]
    public int BulkJobs { get; set; } = 1_000;

    /// <summary>Jobs of one bulk request that are made at the same time.</summary>
    [Within(1, 10_000)]
    public int BulkConcurrency { get; set; } = 128;

    /// <summary>Bytes of a batch that comes as lines (JSONL), which are never held together.</summary>
    [Within(1_024, 1 << 30)]
    public int BatchBodyBytes { get; set; } = 256 << 20;

    /// <summary>Bytes of a batch that comes as one JSON object, which is held as a whole.</summary>
    [Within(1_024, 1 << 28)]
    public int BatchJsonBytes { get; set; } = 16 << 20;

    /// <summary>Items of a batch; a provider may take fewer.</summary>
    [Within(1, 1_000_000)]
    public int BatchItems { get; set; } = 100_000;

    /// <summary>Bytes of one item.</summary>
    [Within(64, 64 << 20)]
    public int BatchItemBytes { get; set; } = 32 << 20;

    /// <summary>The longest <c>wait</c> of a read.</summary>
    [Within("00:00:00", "01:00:00")]
    public TimeSpan Wait { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Bytes of pages that one organization may have on their way on this gateway; room for one page at least.</summary>
    [Within(1 << 14, 1 << 30)]
    public int OrganizationBytesInFlight { get; set; } = 64 << 20;

    /// <summary>
    /// Bytes of bodies of more than 64 KiB that one organization may have in this gateway's memory; room for the largest one at least.
    /// </summary>
    [Within(1_024, 1 << 30)]
    public int OrganizationBodyBytes { get; set; } = 128 << 20;

    /// <summary>How fast an answer must be read at least, on average, while there is something to send.</summary>
    [Within(1, 1 << 30)]
    public int ResponseBytesPerSecond { get; set; } = 64 << 10;

    /// <summary>The same of event streams and of the lines of a batch, which hold little. 240 is Kestrel's own.</summary>
    [Within(1, 1 << 30)]
    public int StreamBytesPerSecond { get; set; } = 240;

    /// <summary>How long a write may take however few its bytes are. Kestrel looks once a second.</summary>
    [Within("00:00:02", "00:10:00")]
    public TimeSpan ResponseGrace { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Refused credentials a second of one address, in the long run; beyond them a 401 becomes a 429.</summary>
    [Within(1, 1_000_000)]
    public int RefusalsPerSecond { get; set; } = 50;

    /// <summary>Refused credentials of one address at once.</summary>
    [Within(1, 1_000_000)]
    public int RefusalsBurst { get; set; } = 500;

    /// <summary>Requests a second of each key, in the long run.</summary>
    [Within(1, 1_000_000)]
    public int RequestsPerSecond { get; set; } = 1_000;

    /// <summary>Requests of a key at once.</summary>
    [Within(1, 1_000_000)]
    public int Burst { get; set; } = 2_000;

    /// <summary>Reads of one organization that wait on this gateway.</summary>
    [Within(1, 1_000_000)]
    public int Waits { get; set; } = 1_000;

    /// <summary>Lists and counts of one organization that are read at the same time on this gateway.</summary>
    [Within(1, 10_000)]
    public int Lists { get; set; } = 8;

    /// <summary>Exports of one organization that are under way on this gateway.</summary>
    [Within(1, 1_000)]
    public int Exports { get; set; } = 1;

    /// <summary>Jobs of one organization that have not ended, over all gateways; unset: any number.</summary>
    [Within(1.0, 1e9)]
    public long? OpenJobs { get; set; }

    /// <summary>Creates of one organization that are under way on this gateway.</summary>
    [Within(1, 1_000_000)]
    public int Creates { get; set; } = 4_096;

    /// <summary>Event streams that one organization may have open on this gateway.</summary>
    [Within(1, 1_000_000)]
    public int Streams { get; set; } = 1_000;

    /// <summary>How long an event stream may be silent before a comment tells that it lives.</summary>
    [Within("00:00:00.100", "00:10:00")]
    public TimeSpan StreamComment { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Refused credentials that are told apart within a second, by address, key and reason; the rest is counted as one.
    /// </summary>
    [Within(1, 10_000)]
    public int RefusedCredentials { get; set; } = 100;

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (OrganizationBytesInFlight < PageBytes)
            yield return new ValidationResult(
                "must be Limits:PageBytes at least: no page could be sent.", [nameof(OrganizationBytesInFlight)]);
        (string Name, int Bytes)[] bodies =
        [
            (nameof(BodyBytes), BodyBytes), (nameof(BulkBodyBytes), BulkBodyBytes), (nameof(BatchJsonBytes), BatchJsonBytes),
            (nameof(BatchItemBytes), BatchItemBytes),
        ];
        var largest = bodies.MaxBy(body => body.Bytes);
        if (OrganizationBodyBytes < largest.Bytes)
            yield return new ValidationResult(
                $"must be Limits:{largest.Name} at least: no such body could be read.", [nameof(OrganizationBodyBytes)]);
    }
}
