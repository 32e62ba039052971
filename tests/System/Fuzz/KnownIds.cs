using System.Text.Json;

namespace JobTracker.Tests.Processes.Fuzz;

/// <summary>The ids that answers told, so that requests find something, and some that they must not find.</summary>
internal sealed class KnownIds(IReadOnlyCollection<string> foreign)
{
    private const int Most = 50;
    private const int FirstJobs = 2;

    private readonly Kind _jobs = new("job-", foreign, "job-01890000-0000-7000-8000-000000000000");
    private readonly Kind _batches = new("batch-", foreign, "batch-01890000-0000-7000-8000-000000000000");
    private readonly Kind _operations = new("operation-", foreign, "operation-01890000-0000-7000-8000-000000000000");
    private readonly Kind _keys = new("key-", foreign, "key-0123456789");
    private readonly Kind _organizations = new("org-", foreign, "org-default");

    /// <summary>Whether there is something to find yet.</summary>
    public bool HasJobs => _jobs.Learnt.Count >= FirstJobs;

    public string Job(Random random) => _jobs.Pick(random);

    public string Batch(Random random) => _batches.Pick(random);

    public string Operation(Random random) => _operations.Pick(random);

    public string Organization(Random random) => _organizations.Pick(random);

    /// <summary>What stands for <c>{id}</c> in a path.</summary>
    public string For(string template, Random random) => template.Split('/')[2] switch
    {
        "batches" => Batch(random),
        "operations" => Operation(random),
        "keys" => _keys.Pick(random),
        "organizations" => Organization(random),
        _ => Job(random),
    };

    /// <summary>Keeps the id of what an answer is about.</summary>
    public void Learn(ReadOnlyMemory<byte> answer)
    {
        try
        {
            using var document = JsonDocument.Parse(answer);
            if (document.RootElement.ValueKind != JsonValueKind.Object || !document.RootElement.TryGetProperty("id", out var id)
                || id.GetString() is not { } text)
                return;
            foreach (var kind in (Kind[])[_jobs, _batches, _operations, _keys, _organizations])
                kind.Learn(text);
        }
        catch (JsonException)
        {
            // An answer that is no JSON is the contract's matter.
        }
    }

    /// <summary>Ids that begin in one way: one of nothing and those of others, which stay, and those that were learnt.</summary>
    private sealed class Kind(string prefix, IReadOnlyCollection<string> foreign, string nothing)
    {
        private readonly string[] _fixed = [nothing, .. foreign.Where(id => id.StartsWith(prefix, StringComparison.Ordinal))];

        public List<string> Learnt { get; } = [];

        public string Pick(Random random) =>
            Learnt.Count == 0 || random.Next(5) == 0 ? Hostile.Pick(_fixed, random) : Learnt[random.Next(Learnt.Count)];

        public void Learn(string id)
        {
            if (!id.StartsWith(prefix, StringComparison.Ordinal))
                return;
            if (Learnt.Count == Most)
                Learnt.RemoveAt(0);
            Learnt.Add(id);
        }
    }
}
