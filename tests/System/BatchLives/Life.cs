using System.Globalization;
using JobTracker.Tests.StandIn.Batches;

namespace JobTracker.Tests.Processes.BatchLives;

/// <summary>What is to happen to one batch, drawn before it begins.</summary>
internal sealed record Life
{
    /// <summary>
    /// Also the model that its items ask for: so the provider's batch and its result lines say whose they are, whatever their custom_ids.
    /// </summary>
    public required string Name { get; init; }

    public required Dialect Dialect { get; init; }

    /// <summary>What each item that is finished comes to.</summary>
    public required IReadOnlyList<ItemOutcome> Outcomes { get; init; }

    public required LifeEnding Ending { get; init; }

    /// <summary>So many of the first items are finished before the end.</summary>
    public required int Finished { get; init; }

    /// <summary>Status requests that the provider sees before the end, or before the user cancels; 0: at once.</summary>
    public required int Polls { get; init; }

    /// <summary>So many of the first items have a job of their own.</summary>
    public required int Linked { get; init; }

    public required bool OmitsUnfinished { get; init; }

    public required bool AbsentFilesAreEmptyStrings { get; init; }

    public required int PaddingBytes { get; init; }

    public int Items => Outcomes.Count;

    /// <summary>The same in every life: what belongs to whom must not be told by them.</summary>
    public static string CustomId(int index) => string.Create(CultureInfo.InvariantCulture, $"i-{index:000}");

    public object[] Requests(IReadOnlyList<string> linkedJobs) =>
    [
        .. Enumerable.Range(0, Items).Select(index => new
        {
            custom_id = CustomId(index),
            @params = new { model = Model(index), max_tokens = 10, messages = new[] { new { role = "user", content = "Hello" } } },
            job_id = index < linkedJobs.Count ? linkedJobs[index] : null,
        }),
    ];

    /// <summary>Before the provider's answer to the create leaves.</summary>
    public void Prepare(ProviderBatch batch)
    {
        batch.PaddingBytes = PaddingBytes;
        batch.OmitsUnfinished = OmitsUnfinished;
        batch.AbsentFilesAreEmptyStrings = AbsentFilesAreEmptyStrings;
        foreach (var index in Enumerable.Range(0, Finished))
            batch.Decide(CustomId(index), Outcomes[index]);
        batch.FinishFirst(Finished);
    }

    public override string ToString() =>
        $"{Name}: {Dialect}, {Items} items of which {Finished} finish ({Tally()}), {Ending} after {Polls} polls, {Linked} linked jobs"
        + $"{(OmitsUnfinished ? ", no lines for the unfinished" : "")}{(AbsentFilesAreEmptyStrings ? ", absent files are empty strings" : "")}";

    /// <summary>Several models in one input file are what OpenAI refuses.</summary>
    private string Model(int index) => Ending is LifeEnding.FailedValidation && index == Items - 1 ? $"{Name}-other" : Name;

    private string Tally() =>
        string.Join(", ", Outcomes.Take(Finished).CountBy(outcome => outcome.GetType().Name).Select(count => $"{count.Value} {count.Key}"));
}
