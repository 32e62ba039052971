using JobTracker.Batches;
using JobTracker.Gateway.Batches.Create;
using JobTracker.Gateway.Problems;
using JobTracker.Jobs;

namespace JobTracker.Tests.Unit.Gateway.Batches;

public sealed class BatchProblemsTests
{
    public static TheoryData<BatchRefusal, string, int> Refusals => new()
    {
        { new BatchRefusal.InvalidField("provider", "is no account"), "unknown_provider", 422 },
        { new BatchRefusal.InvalidField("endpoint", "is required"), "invalid_body", 422 },
        { new BatchRefusal.InvalidItem(3, "params", "x"), "invalid_body", 422 },
        { new BatchRefusal.DuplicateCustomId("a"), "duplicate_custom_id", 422 },
        { new BatchRefusal.TooManyItems(5), "too_many_items", 422 },
        { new BatchRefusal.TooLarge(5), "batch_too_large", 413 },
        { new BatchRefusal.IdempotencyKeyReused("k"), "idempotency_key_reused", 422 },
        { new BatchRefusal.NotAtProvider("b"), "provider_batch_not_found", 422 },
        { new BatchRefusal.HasEnded(BatchStatus.Failed), "batch_has_ended", 409 },
        { new BatchRefusal.NotEnded(BatchStatus.Running), "batch_not_ended", 409 },
        { new BatchRefusal.NothingToResubmit(), "nothing_to_resubmit", 409 },
    };

    [Theory]
    [MemberData(nameof(Refusals))]
    public void Each_refusal_has_its_code(BatchRefusal refusal, string code, int status)
    {
        var problem = ProblemMap.Of(refusal);

        Assert.Equal((code, status), (problem.Code, problem.Status));
    }

    [Fact]
    public void A_refused_cancel_tells_where_the_batch_stands()
    {
        var problem = ProblemMap.Of(new BatchRefusal.HasEnded(BatchStatus.Expired));

        Assert.Equal((JobStatus.Expired, JobStatus.Cancelled, true), (problem.From, problem.To, problem.Kind.IsFinal));
        Assert.Empty(problem.Allowed!.Value);
    }

    [Fact]
    public void What_will_pass_may_be_asked_again_and_tells_when()
    {
        Problem[] problems =
            [ProblemMap.ResultsNotReady(BatchStatus.Running), ProblemMap.Of(new BatchRefusal.NotEnded(BatchStatus.Running))];

        Assert.All(problems, problem => Assert.Equal(
            (409, 30, false), (problem.Status, problem.Kind.RetryAfterSeconds!.Value, problem.Kind.IsFinal)));
    }

    [Theory]
    [InlineData(PartFlaw.Empty, "invalid_body")]
    [InlineData(PartFlaw.MalformedJson, "malformed_json")]
    [InlineData(PartFlaw.MalformedHead, "invalid_body")]
    [InlineData(PartFlaw.UnknownField, "invalid_body")]
    [InlineData(PartFlaw.MalformedCustomId, "invalid_body")]
    [InlineData(PartFlaw.DuplicateCustomId, "duplicate_custom_id")]
    [InlineData(PartFlaw.MalformedParameters, "invalid_body")]
    [InlineData(PartFlaw.MalformedJobId, "invalid_body")]
    [InlineData(PartFlaw.LineTooLong, "item_too_large")]
    [InlineData(PartFlaw.TooManyItems, "too_many_items")]
    public void A_refused_line_has_its_code_and_its_number(object problem, string code)
    {
        var refused = new BatchPart.Refused(7, (PartFlaw)problem, "why");
        var (line, place) = (PartProblems.Of(refused, isLine: true), PartProblems.Of(refused, isLine: false));

        Assert.Equal((code, 7L, "line 7: why", "line 7"), (line.Code, line.Line, line.Detail, line.Errors![0].Name));
        Assert.Equal((code, null, "$.items[7]: why", "$.items[7]"), (place.Code, place.Line, place.Detail, place.Errors![0].Name));
    }

    [Fact]
    public void A_lost_answer_names_the_batch_to_read()
    {
        var problem = ProblemMap.Of(new TimeoutException(), isCommand: true, job: null, BatchSnapshots.Id);

        Assert.Equal((BatchSnapshots.Id.ToString(), null), (problem.BatchId, problem.JobId));
        Assert.Contains($"/v1/batches/{BatchSnapshots.Id}", problem.Detail);
    }

    [Fact]
    public void A_refusal_that_only_a_bug_can_cause_is_none_of_the_callers() =>
        Assert.Throws<InvalidOperationException>(() => ProblemMap.Of(new BatchRefusal.AlreadySubmitted()));
}
