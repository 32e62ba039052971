using JobTracker.Configuration;

namespace JobTracker.Grains.Batches.Options;

/// <summary>How batches are worked on. Section <c>Batches</c>, as <see cref="PollOptions"/> and the accounts.</summary>
internal sealed class BatchOptions
{
    /// <summary>Lines that are stored in one transaction, and the bytes after which there are enough of them.</summary>
    [Within(1, 5000)]
    public int ChunkLines { get; set; } = 500;

    [Within(1 << 16, 1 << 26)]
    public int ChunkBytes { get; set; } = 4 << 20;

    /// <summary>Rows of a batch that is removed which go in one transaction.</summary>
    [Within(1, 100_000)]
    public int RemovedRows { get; set; } = 1000;

    /// <summary>Uploads and downloads of one silo at once.</summary>
    [Within(2, 64)]
    public int Transfers { get; set; } = 16;

    /// <summary>Those of one account; always less than <see cref="Transfers"/>, so that no account can take every place.</summary>
    [Within(1, 63)]
    public int TransfersPerAccount { get; set; } = 4;

    /// <summary>
    /// Rounds in which a linked job that cannot be told is tried, later and
    /// later; then it is given up, and its item's <c>job_note</c> says so.
    /// </summary>
    [Within(1, 100)]
    public int LinkedJobRounds { get; set; } = 10;

    /// <summary>How long the right to ask a provider about a batch outlives its holder.</summary>
    [Within("00:00:03", "00:10:00")]
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>The pace of the poller: how often it looks for what is due.</summary>
    [Within("00:00:00.050", "00:01:00")]
    public TimeSpan PollerInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Between a silo's nudges, up to twice as long: it sets how soon the poller comes back after a failure.</summary>
    [Within("00:00:00.100", "00:05:00")]
    public TimeSpan NudgeInterval { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>Batches of one account that are woken at once, and that wait for it.</summary>
    [Within(1, 1000)]
    public int WakesPerAccount { get; set; } = 16;

    [Within(1, 10_000)]
    public int DuePerAccount { get; set; } = 500;
}
