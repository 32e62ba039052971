using System.Text.Json;

namespace JobTracker.Tests.Processes.Fuzz;

/// <summary>The ids that answers told, so that requests find something.</summary>
internal sealed class KnownIds
{
    private const int Most = 50;
    private const int FirstJobs = 3;
    private readonly List<string> _jobs = ["job-01890000-0000-7000-8000-000000000000"];
    private readonly List<string> _batches = ["batch-01890000-0000-7000-8000-000000000000"];

    /// <summary>Whether there is something to find yet.</summary>
    public bool HasJobs => _jobs.Count > FirstJobs;

    public string Job(Random random) => _jobs[random.Next(_jobs.Count)];

    public string Batch(Random random) => _batches[random.Next(_batches.Count)];

    /// <summary>Keeps the id of what an answer is about.</summary>
    public void Learn(ReadOnlyMemory<byte> answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("id", out var id)
                || id.GetString() is not { } text)
                return;
            var ids = text.StartsWith("job-", StringComparison.Ordinal) ? _jobs : _batches;
            if (ids.Count == Most)
                ids.RemoveAt(1);
            ids.Add(text);
        }
        catch (JsonException)
        {
            // An answer that is no JSON is the contract's matter.
        }
    }
}
