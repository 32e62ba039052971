using JobTracker.Configuration;

namespace JobTracker.Grains;

/// <summary>How long what has ended is kept, by how it ended; null: for ever. The same of jobs and of batches.</summary>
internal abstract class KeptByOutcome
{
    private const string None = "00:00:00";
    private const string Longest = "36500.00:00:00";

    [Within(None, Longest)]
    public TimeSpan? Completed { get; set; }

    [Within(None, Longest)]
    public TimeSpan? Failed { get; set; }

    [Within(None, Longest)]
    public TimeSpan? Cancelled { get; set; }

    [Within(None, Longest)]
    public TimeSpan? Expired { get; set; }
}
