using System.Text.Json;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Recording;

namespace JobTracker.Tests.Processes.BatchLives;

/// <summary>What a life came to, as a caller sees it, and as the provider knows it.</summary>
/// <param name="Results">The provider's lines as the API hands them out.</param>
/// <param name="LinkedJobs">Of the first items, in their order.</param>
/// <param name="AtProvider">Every batch that was made there for it.</param>
/// <param name="Journal">What the provider was asked by its account meanwhile.</param>
internal sealed record LifeEnd(
    JsonElement Batch,
    IReadOnlyList<JsonElement> Items,
    IReadOnlyList<JsonElement> Results,
    JsonElement Job,
    IReadOnlyList<JsonElement> LinkedJobs,
    IReadOnlyList<ProviderBatch> AtProvider,
    IReadOnlyList<JournalEntry> Journal,
    TimeSpan Took)
{
    private const int MostItemsTold = 10;

    public string Phase => Batch.GetProperty("phase").GetString()!;

    public string Status => Batch.GetProperty("status").GetString()!;

    public long Count(string status) => Batch.GetProperty("counts").GetProperty(status).GetInt64();

    /// <summary>For a human who wonders why it went wrong.</summary>
    public string Story() => string.Join('\n',
    [
        $"  took {Took.TotalSeconds:0.0} s; batch {Batch}",
        $"  job {Job}",
        .. AtProvider.Select(batch => $"  at the provider {batch.Id}: {batch.Progress}; {batch.CountOutcomes()}"),
        .. Journal.Select(entry => $"  {entry.At:HH:mm:ss.fff} {entry.Method} {entry.Path} -> {entry.Status} {entry.Fault}"),
        .. Items.Where(item => item.GetProperty("status").GetString() != "completed").Take(MostItemsTold).Select(item => $"  item {item}"),
    ]);
}
