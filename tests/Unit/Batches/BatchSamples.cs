using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Options;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Jobs;

namespace JobTracker.Tests.Unit.Batches;

/// <summary>Batches in the states that tests of the rules begin with.</summary>
internal static class BatchSamples
{
    public static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static Moment At(DateTimeOffset now, double sample = 0) => new(now, new PollOptions(), sample);

    public static Batch Draft { get; } = Batch.Draft(
        new BatchId(Guid.Parse("019b7c8d-f708-7abc-8def-0123456789ab")), new JobId(Guid.Parse("019b7c8d-f708-7abc-8def-0123456789ac")),
        new Caller("org", "user"), "main", new BeginBatch { Provider = "main", Metadata = """{"a":1}""" }, Now);

    public static Batch WithItems { get; } = Draft.Add(new ItemChunk(0, [Item("a"), Item("b"), Item("c")]), Now);

    public static Batch Submitted { get; } = WithItems.Submit(new SubmitBatch { ItemCount = 3 }, Now).JobCreated(Draft.Snapshot.JobId);

    public static Batch Polling { get; } = Submitted.Posting(null, Now)
        .Created(Answer(ProviderStage.Running), At(Now)).Told(BatchStatus.Running);

    public static Batch Ingesting { get; } = Polling.Polled(Answer(ProviderStage.Ended, ProviderEnd.Completed), At(Now));

    public static Batch Reconciling { get; } = Ingesting
        .Ingested(new IngestTally(Completed: 2, Failed: 1), new FileProgress("f", 3), Now)
        .PassEnded(new MissingItem(ItemOutcome.MissingResult(), ExpectedLines.OfAll), At(Now));

    /// <summary>Where only what comes of a phase matters, and not the way to it.</summary>
    public static Batch In(this Batch batch, BatchPhase phase) => batch with { Snapshot = batch.Snapshot with { Phase = phase } };

    /// <summary>Where only what comes of an attempt matters, and not the way to it.</summary>
    public static Batch Trying(this Batch batch, Func<BatchAttempt, BatchAttempt> attempt) =>
        batch with { Attempt = attempt(batch.Attempt) };

    public static ProviderBatch Answer(ProviderStage stage, ProviderEnd? end = null) =>
        new()
        {
            Id = "pb_1",
            Stage = stage,
            RawStatus = stage.ToString(),
            End = end,
            ExpiresAt = Now.AddDays(1),
            Counts = new ProviderCounts(Total: 3)
        };

    public static ProviderError Error(ProviderErrorClass kind, int? status = null, TimeSpan? retryAfter = null) =>
        new(kind, "what happened", MayHaveActed: false, status, retryAfter, "some_error");

    /// <summary>Where ended batches are kept for ever.</summary>
    public static BatchStep NextStep(Batch batch, DateTimeOffset now) => BatchPlan.Next(batch, now, new BatchRetentionOptions());

    private static NewItem Item(string customId) => new() { CustomId = customId, Params = "{}"u8.ToArray() };
}
