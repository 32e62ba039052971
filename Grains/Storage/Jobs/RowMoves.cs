using JobTracker.Grains.Jobs.Callbacks;
using JobTracker.Grains.Storage.Groups;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Jobs;

/// <summary>
/// What one transaction moves in the counts of jobs, of their ends and of receivers; save_jobs of PostgreSQL says the same.
/// </summary>
internal sealed class RowMoves
{
    private readonly Dictionary<(string Organization, string Type, JobStatus Status), int> _counts = [];
    private readonly Dictionary<(string Organization, DateTimeOffset Minute, JobStatus Status), int> _ends = [];

    public IEnumerable<((string Organization, string Type, JobStatus Status) Of, int Change)> Counts =>
        _counts.Where(count => count.Value != 0).Select(count => (count.Key, count.Value));

    public IEnumerable<((string Organization, DateTimeOffset Minute, JobStatus Status) Of, int Change)> Ends =>
        _ends.Select(end => (end.Key, end.Value));

    /// <summary>What was told of receivers, in order.</summary>
    public List<(string Organization, ReceiverResult Result)> Told { get; } = [];

    public void Note(JobWrite write, WrittenRow row)
    {
        var (before, after) = (write.Stored?.Status, write.Next?.Snapshot);
        if (before is { } left)
            Move(_counts, (row.OrganizationId, row.JobType, left), -1);
        if (after is not null)
            Move(_counts, (row.OrganizationId, row.JobType, after.Status), +1);
        if (after is { CompletedAt: { } end } && after.Status != before)
            Move(_ends, (row.OrganizationId, end.AddTicks(-(end.Ticks % TimeSpan.TicksPerMinute)), after.Status), +1);
        if (write.Told is { } told)
            Told.Add((row.OrganizationId, told));
    }

    private static void Move<TKey>(Dictionary<TKey, int> moves, TKey key, int change)
        where TKey : notnull => moves[key] = moves.GetValueOrDefault(key) + change;
}
