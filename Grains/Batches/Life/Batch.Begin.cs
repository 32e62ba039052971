using System.Text.Json.Nodes;
using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Jobs;
using JobTracker.PlainText;

namespace JobTracker.Grains.Batches.Life;

internal sealed partial record Batch
{
    /// <summary>How long a draft is kept that nobody adds to.</summary>
    public static readonly TimeSpan DraftLife = TimeSpan.FromHours(1);

    public static Batch Draft(BatchId id, JobId jobId, Caller caller, string provider, BeginBatch command, DateTimeOffset now) => new()
    {
        Snapshot = BatchLifecycle.Begin(BatchPhase.Receiving, id, jobId, caller, provider, command.Metadata) with
        { NextPollAt = now + DraftLife },
        UserId = caller.UserId,
        Endpoint = command.Endpoint,
        CallbackUrl = command.CallbackUrl,
        CallbackEvents = command.CallbackEvents,
    };

    /// <summary>A batch that is at the provider already: it is asked about at once.</summary>
    public static Batch Adoption(BatchId id, JobId jobId, Caller caller, string provider, AdoptBatch command, DateTimeOffset now) => new()
    {
        Snapshot = BatchLifecycle.Begin(BatchPhase.Polling, id, jobId, caller, provider, command.Metadata) with
        {
            ProviderBatchId = command.ProviderBatchId,
            SubmittedAt = now,
            NextPollAt = now,
        },
        UserId = caller.UserId,
        CallbackUrl = command.CallbackUrl,
        CallbackEvents = command.CallbackEvents,
        IdempotencyKey = command.IdempotencyKey,
        Fingerprint = command.Fingerprint,
        Adopted = true,
    };

    public Batch Add(ItemChunk chunk, DateTimeOffset now) => this with
    {
        Snapshot = Snapshot with { NextPollAt = now + DraftLife },
        Received = Received + chunk.Items.Length,
        ReceivedBytes = ReceivedBytes + chunk.Items.Sum(item => (long)item.Params.Length + item.CustomId.Length),
    };

    /// <summary>From here on the batch exists for everybody.</summary>
    public Batch Submit(SubmitBatch command, DateTimeOffset now) => this with
    {
        Snapshot = Snapshot.Enter(BatchPhase.Submitting) with
        {
            NextPollAt = now,
            Counts = new BatchCounts(Total: Received, Pending: Received),
        },
        Attempt = BatchAttempt.New(Received),
        IdempotencyKey = command.IdempotencyKey,
        Fingerprint = command.Fingerprint,
    };

    /// <summary>Whether the same draft was begun before: a client that lost the answer.</summary>
    public bool IsSameDraft(Caller caller, BeginBatch command) =>
        IsDraft && Snapshot.OrganizationId == caller.OrganizationId && Received == 0
        && Endpoint == command.Endpoint && CallbackUrl == command.CallbackUrl && Snapshot.Metadata == (command.Metadata ?? "{}");

    /// <summary>The command that makes the batch's job. The key is the job's own new id, so that the command may be repeated.</summary>
    public CreateJob JobToMake() => new()
    {
        JobType = "batch",
        Status = JobStatus.Pending,
        Metadata = Merged(Snapshot.Metadata, JobMetadata()),
        CallbackUrl = CallbackUrl,
        CallbackEvents = CallbackEvents,
        IdempotencyKey = Snapshot.JobId.ToString(),
        Fingerprint = Snapshot.Id.ToString(),
    };

    private static string Merged(string metadata, JsonObject more)
    {
        var merged = JsonNode.Parse(metadata)!.AsObject();
        foreach (var (name, value) in more)
            merged[name] = value?.DeepClone();
        return PlainJson.Of(merged);
    }
}
