using System.Text.Json.Nodes;
using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Rules;
using JobTracker.Jobs;
using static JobTracker.Tests.Unit.Batches.BatchSamples;

namespace JobTracker.Tests.Unit.Batches;

/// <summary>How a batch begins, and the job that is made for it.</summary>
public sealed class BatchBeginTests
{
    private static readonly Caller Caller = new("org", "user");
    private static readonly BatchId Id = Draft.Id;
    private static readonly JobId JobId = Draft.Snapshot.JobId;

    private static readonly BeginBatch Begin = new()
    {
        Provider = "main",
        Endpoint = "/v1/responses",
        Metadata = """{"a":1}""",
        CallbackUrl = "https://example.com/hook",
        CallbackEvents = [JobStatus.Failed],
    };

    [Fact]
    public void A_draft_has_what_was_asked_for_and_an_hour_to_be_filled()
    {
        var draft = Batch.Draft(Id, JobId, Caller, "main", Begin, Now);

        Assert.Equal(
            new BatchSnapshot
            {
                Id = Id,
                JobId = JobId,
                OrganizationId = "org",
                Provider = "main",
                Status = BatchStatus.Pending,
                Phase = BatchPhase.Receiving,
                CreatedAt = Id.CreatedAt,
                NextPollAt = Now.AddHours(1),
                Metadata = """{"a":1}""",
                Version = 1,
            },
            draft.Snapshot);
        Assert.Equal(("user", "/v1/responses", "https://example.com/hook"), (draft.UserId, draft.Endpoint, draft.CallbackUrl));
        Assert.Equal([JobStatus.Failed], draft.CallbackEvents!.Value);
        Assert.Equal((true, false, "{}"), (draft.IsDraft, draft.Adopted, Batch.Draft(
            Id, JobId, Caller, "main", new BeginBatch { Provider = "main" }, Now).Snapshot.Metadata));
    }

    [Fact]
    public void What_is_adopted_is_at_the_provider_and_asked_about_at_once()
    {
        var adopted = Batch.Adoption(Id, JobId, Caller, "main", new AdoptBatch
        {
            Provider = "main",
            ProviderBatchId = "pb_1",
            CallbackUrl = "https://example.com/hook",
            CallbackEvents = [JobStatus.Failed],
            IdempotencyKey = "key",
            Fingerprint = "print",
        }, Now);

        Assert.Equal((BatchPhase.Polling, BatchStatus.Pending, "pb_1", Now, Now, "{}"),
            (adopted.Snapshot.Phase, adopted.Snapshot.Status, adopted.Snapshot.ProviderBatchId, adopted.Snapshot.SubmittedAt,
                adopted.Snapshot.NextPollAt, adopted.Snapshot.Metadata));
        Assert.Equal(("user", "https://example.com/hook", "key", "print", true),
            (adopted.UserId, adopted.CallbackUrl, adopted.IdempotencyKey, adopted.Fingerprint, adopted.Adopted));
        Assert.Equal([JobStatus.Failed], adopted.CallbackEvents!.Value);
    }

    [Fact]
    public void A_batch_begins_in_no_other_phase() => Assert.Equal(
        "A batch does not go from its beginning to done.",
        Assert.Throws<InvalidOperationException>(
            () => { BatchLifecycle.Begin(BatchPhase.Done, Id, JobId, Caller, "main", null); }).Message);

    [Fact]
    public void Each_chunk_adds_its_items_and_bytes_and_gives_the_draft_another_hour()
    {
        var chunk = new ItemChunk(0, [Item("a", bytes: 10), Item("bcd", bytes: 20)]);
        var twice = Draft.Add(chunk, Now.AddMinutes(10)).Add(chunk, Now.AddMinutes(20));

        Assert.Equal((4L, 68L, Now.AddMinutes(80)), (twice.Received, twice.ReceivedBytes, twice.Snapshot.NextPollAt!.Value));
    }

    [Fact]
    public void A_submission_is_made_now_and_under_its_key()
    {
        var submitted = WithItems.Submit(new SubmitBatch { ItemCount = 3, IdempotencyKey = "key", Fingerprint = "print" }, Now);

        Assert.Equal((BatchPhase.Submitting, Now, "key", "print", 3L), (submitted.Snapshot.Phase, submitted.Snapshot.NextPollAt!.Value,
            submitted.IdempotencyKey, submitted.Fingerprint, submitted.Attempt.SubmittedItems));
        Assert.Equal(BatchAttempt.New(3), submitted.Attempt);
    }

    [Fact]
    public void A_client_that_lost_the_answer_finds_the_draft_that_it_began()
    {
        var draft = Batch.Draft(Id, JobId, Caller, "main", Begin, Now);
        var plain = Batch.Draft(Id, JobId, Caller, "main", new BeginBatch { Provider = "main" }, Now);

        Assert.True(draft.IsSameDraft(new Caller("org", "another"), Begin));
        Assert.True(plain.IsSameDraft(Caller, new BeginBatch { Provider = "main" }));
        Assert.False(draft.IsSameDraft(new Caller("another", "user"), Begin));
        Assert.False(draft.IsSameDraft(Caller, Begin with { Endpoint = "/v1/embeddings" }));
        Assert.False(draft.IsSameDraft(Caller, Begin with { CallbackUrl = null }));
        Assert.False(draft.IsSameDraft(Caller, Begin with { Metadata = null }));
        Assert.False(draft.Add(new ItemChunk(0, [Item("a", bytes: 1)]), Now).IsSameDraft(Caller, Begin));
        Assert.False(draft.In(BatchPhase.Submitting).IsSameDraft(Caller, Begin));
        Assert.False(draft.Removed(Now).IsSameDraft(Caller, Begin));
    }

    [Fact]
    public void The_command_that_makes_its_job_may_be_repeated()
    {
        var batch = Batch.Draft(Id, JobId, Caller, "main", Begin, Now);
        var command = batch.JobToMake();

        Assert.Equal(
            new CreateJob
            {
                JobType = "batch",
                Status = JobStatus.Pending,
                Metadata = command.Metadata,
                CallbackUrl = "https://example.com/hook",
                CallbackEvents = command.CallbackEvents,
                IdempotencyKey = JobId.ToString(),
                Fingerprint = Id.ToString(),
            },
            command);
        Assert.Equal([JobStatus.Failed], command.CallbackEvents!.Value);
        Assert.Equal(command.Metadata, batch.JobToMake().Metadata);
    }

    [Fact]
    public void A_job_that_was_made_under_another_id_is_the_batchs()
    {
        var made = WithItems.Submit(new SubmitBatch { ItemCount = 3 }, Now).JobCreated(new JobId(Id.Value));

        Assert.Equal((true, new JobId(Id.Value)), (made.Attempt.JobMade, made.Snapshot.JobId));
    }

    [Fact]
    public void The_job_shows_where_the_batch_is_and_what_its_items_came_to()
    {
        var read = Polling
            .Polled(Answer(ProviderStage.Ended, ProviderEnd.Completed), At(Now))
            .Ingested(new IngestTally(Completed: 1, Failed: 1, Conflicts: 4, Quarantined: 5), new FileProgress("f", 3), Now);
        var batch = read.Recounted(new BatchCounts(21, 1, 2, 3, 6, 9));

        var expected = $$"""
            {"batch_id":"{{batch.Id}}","provider":"main","provider_batch_id":"pb_1","attempt":1,"counts":{"total":21,"pending":1,
            "completed":2,"failed":3,"cancelled":6,"expired":9},"has_partial_results":false,"quarantined_lines":5,"conflicting_lines":4}
            """;
        Assert.Equal(JsonNode.Parse(expected)!.ToJsonString(), batch.JobMetadata().ToJsonString());
        Assert.StartsWith("""{"a":1,"batch_id":""", batch.JobToMake().Metadata, StringComparison.Ordinal);
    }

    private static NewItem Item(string customId, int bytes) => new() { CustomId = customId, Params = new byte[bytes] };
}
