using JobTracker.Configuration;

namespace JobTracker.Jobs;

/// <summary>
/// How much a job, and a page of a list, may hold. Section <c>Limits</c> of a silo, which decides, and of a gateway, which tells early.
/// </summary>
public class JobLimits
{
    /// <summary>Bytes of metadata, and of request_config, as compact JSON in UTF-8.</summary>
    [Within(2, 1 << 24)]
    public int MetadataBytes { get; set; } = 64 * 1024;

    /// <summary>Levels of metadata, and of request_config, the outermost object included.</summary>
    [Within(1, 64)]
    public int MetadataDepth { get; set; } = 32;

    /// <summary>Characters of a callback_url.</summary>
    [Within(16, 16_384)]
    public int UrlLength { get; set; } = 2_048;

    /// <summary>Characters of an Idempotency-Key.</summary>
    [Within(1, 1024)]
    public int IdempotencyKeyLength { get; set; } = 255;

    /// <summary>Characters of error.code.</summary>
    [Within(1, 1024)]
    public int ErrorCodeLength { get; set; } = 128;

    /// <summary>Characters of error.message.</summary>
    [Within(1, 1 << 20)]
    public int ErrorMessageLength { get; set; } = 8192;

    /// <summary>Characters of progress.message.</summary>
    [Within(1, 1 << 16)]
    public int ProgressMessageLength { get; set; } = 1024;

    /// <summary>Tags of a job.</summary>
    [Within(1, 100)]
    public int Tags { get; set; } = 10;

    /// <summary>Characters of a tag.</summary>
    [Within(1, 255)]
    public int TagLength { get; set; } = 64;

    /// <summary>The longest timeout_seconds and heartbeat_timeout_seconds.</summary>
    [Within("00:00:01", "365.00:00:00")]
    public TimeSpan LongestTimeout { get; set; } = TimeSpan.FromDays(30);

    /// <summary>
    /// Bytes of one page of a list, as JSON, for which the gateway keeps room; a single
    /// job, batch or item that has more comes alone. Orleans' messages end at 100 MiB.
    /// </summary>
    [Within(1 << 14, 1 << 26)]
    public int PageBytes { get; set; } = 8 << 20;

    /// <summary>
    /// Entries of an index that one page of a list looks at, where no index serves its filters together; then the page ends and the next
    /// one goes on behind it.
    /// </summary>
    [Within(100, 1_000_000)]
    public int ListScan { get; set; } = 10_000;

    /// <summary>Lists and counts that one silo reads at the same time; its connections serve all else, too.</summary>
    [Within(1, 10_000)]
    public int SiloLists { get; set; } = 16;

    /// <summary>How long a list waits for its turn, and on a gateway for room; there a large body does, too.</summary>
    [Within("00:00:00", "00:01:00")]
    public TimeSpan ListWait { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many groups may stand above a job, each a child of the next.</summary>
    [Within(1, 16)]
    public int GroupDepth { get; set; } = 5;

    /// <summary>How far the clock of the process that made an id may be from the silo's.</summary>
    [Within("00:00:01", "1.00:00:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromMinutes(5);
}
