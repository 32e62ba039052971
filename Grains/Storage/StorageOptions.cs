using System.ComponentModel.DataAnnotations;
using JobTracker.Configuration;

namespace JobTracker.Grains.Storage;

/// <summary>How jobs are stored. Section <c>Storage</c>.</summary>
internal sealed class StorageOptions
{
    /// <summary>The embedded database, where no PostgreSQL is configured. Its folder is created.</summary>
    [Required]
    public string SqlitePath { get; set; } = "data/jobtracker.db";

    /// <summary>Apply migrations at start, under a lock.</summary>
    public bool AutoMigrate { get; set; } = true;

    /// <summary>How many writer loops, each with a connection of its own; the embedded database has one.</summary>
    [Within(1, 16)]
    public int Writers { get; set; } = 2;

    /// <summary>The most rows that one statement stores or reads.</summary>
    [Within(1, 10_000)]
    public int RowsPerStatement { get; set; } = 512;

    /// <summary>The most bytes of JSON that one statement stores, unless a single row is larger.</summary>
    [Within(1 << 16, 1 << 28)]
    public int BytesPerStatement { get; set; } = 8 << 20;

    /// <summary>How many writes, and how many reads, may wait; one more is refused as overload.</summary>
    [Within(1, 1_000_000)]
    public int QueueLength { get; set; } = 20_000;

    /// <summary>
    /// How long a write or a read may wait for the database, its repetitions included. Less than a gateway waits (<c>Calls:Longest</c>), so
    /// that its caller is told what became of it.
    /// </summary>
    [Within("00:00:00.100", "00:00:25")]
    public TimeSpan QueueTime { get; set; } = TimeSpan.FromSeconds(3.5);

    /// <summary>The pause before a failed connection is tried again.</summary>
    [Within("00:00:00.010", "00:00:10")]
    public TimeSpan RetryPause { get; set; } = TimeSpan.FromMilliseconds(100);

    /// <summary>
    /// How long one statement may take before its connection is given up. Less than <see cref="QueueTime"/>, so that a write whose
    /// connection is silent is asked after on another one before its caller is told that nobody knows.
    /// </summary>
    [Within("00:00:01", "00:05:00")]
    public TimeSpan StatementTimeout { get; set; } = TimeSpan.FromSeconds(3);

    /// <summary>How old an answer to the question whether the storage works may be.</summary>
    [Within("00:00:00.100", "00:01:00")]
    public TimeSpan CheckInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A storage that has not read and written within this time does not work.</summary>
    [Within("00:00:00.100", "00:00:30")]
    public TimeSpan CheckTimeout { get; set; } = TimeSpan.FromSeconds(2);
}
