using System.Text;
using JobTracker.Batches;
using JobTracker.Cluster;
using JobTracker.Gateway.Problems;
using JobTracker.Jobs;
using JobTracker.Storage;
using JobTracker.Tests.Support;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Tests.Unit.Gateway;

public sealed class ProblemMapTests
{
    public static TheoryData<Exception, bool, string, int> Faults => new()
    {
        { new StorageUnavailableException(), true, "storage_unavailable", 503 },
        { new StorageOverloadedException(), true, "overloaded", 503 },
        { new OutcomeUnknownException(), true, "outcome_unknown", 503 },
        { new TimeoutException(), true, "outcome_unknown", 503 },
        { new TimeoutException(), false, "cluster_unavailable", 503 },
        { new SiloUnavailableException(), true, "outcome_unknown", 503 },
        { new SiloUnavailableException(), false, "cluster_unavailable", 503 },
        { new GatewayTooBusyException(), true, "cluster_unavailable", 503 },
        { new Orleans.Runtime.Messaging.ConnectionFailedException("x"), true, "cluster_unavailable", 503 },
        { new ClientRefusedException("secret"), true, "cluster_unavailable", 503 },
        { new UnauthorizedAccessException(), false, "insufficient_scope", 403 },
        { new BadHttpRequestException("x", 413), true, "body_too_large", 413 },
        { new BadHttpRequestException("x", 408), true, "request_timeout", 408 },
        { new BadHttpRequestException("x"), true, "bad_request", 400 },
        { new InvalidOperationException("secret"), true, "internal_error", 500 },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void Each_fault_has_its_code(Exception fault, bool isCommand, string code, int status)
    {
        var problem = ProblemMap.Of(fault, isCommand, job: null);

        Assert.Equal((code, status), (problem.Code, problem.Status));
        Assert.DoesNotContain("secret", problem.Detail);
        Assert.Equal(status == 503, problem.Kind.RetryAfterSeconds is not null);
    }

    [Fact]
    public void A_lost_answer_names_the_job_to_read()
    {
        var problem = ProblemMap.Of(new TimeoutException(), isCommand: true, Snapshots.Id);

        Assert.Equal(Snapshots.Id.ToString(), problem.JobId);
        Assert.Contains($"/v1/jobs/{Snapshots.Id}", problem.Detail);
    }

    [Fact]
    public void A_refused_transition_carries_what_a_program_needs()
    {
        var problem = ProblemMap.Of(new Refusal.TransitionNotAllowed(JobStatus.Failed, JobStatus.Completed, [], "timeout"));

        Assert.Equal(("transition_not_allowed", 409, true), (problem.Code, problem.Status, problem.Kind.IsFinal));
        Assert.Equal((JobStatus.Failed, JobStatus.Completed, "timeout"), (problem.From, problem.To, problem.StopReason));
        Assert.Empty(problem.Allowed!.Value);
    }

    [Fact]
    public void Each_refusal_has_its_code() => Assert.Equal(
        ["job_has_ended", "version_mismatch", "idempotency_key_reused", "nothing_to_redeliver", "job_follows_batch", "invalid_body"],
        new Refusal[]
        {
            new Refusal.JobHasEnded(JobStatus.Failed, null, ["progress"]),
            new Refusal.VersionMismatch(2, 3),
            new Refusal.IdempotencyKeyReused("k"),
            new Refusal.NothingToRedeliver(JobStatus.Running, "The job is running."),
            new Refusal.JobFollowsBatch(new BatchId(Guid.Empty)),
            new Refusal.InvalidField("job_type", "must match"),
        }.Select(refusal => ProblemMap.Of(refusal).Code));

    [Theory]
    [InlineData(401, "unauthenticated")]
    [InlineData(403, "insufficient_scope")]
    [InlineData(404, "path_not_found")]
    [InlineData(405, "method_not_allowed")]
    [InlineData(415, "unsupported_media_type")]
    [InlineData(431, "bad_request")]
    [InlineData(502, "internal_error")]
    public void Each_bare_status_has_its_code(int status, string code) => Assert.Equal(code, ProblemMap.OfStatus(status).Code);

    [Fact]
    public void Codes_are_told_apart() =>
        Assert.Equal(ProblemKind.All.Length, ProblemKind.All.Select(kind => kind.Code).Distinct().Count());

    [Fact]
    public void Every_kind_is_listed() => Assert.Equal(
        typeof(ProblemKind).GetFields().Where(field => field.FieldType == typeof(ProblemKind)).Select(field => field.GetValue(null)),
        ProblemKind.All);

    [Fact]
    public void The_document_lists_every_code()
    {
        var text = new StringBuilder("""
            # Problems

            Every error answer is `application/problem+json` (RFC 9457): `type`, `title`, `status`, `detail`, `instance`, `code`, `trace_id`, and data for programs.
            Branch on `code`: it never changes, and `type` is `urn:jobtracker:problem:` with the code behind it. A test writes this file from the code.

            A 409 that is a final "no" carries `x-should-retry: false`. What time alone may mend, a 429 and a 503 above all, carries `Retry-After` in seconds.
            What is wrong with a request stands in `errors`: `in` (body, query or header), `name` (a JSON path, a parameter or a header) and `detail`.
            At most 50 are listed, `more_errors` counts the rest; what an answer repeats of a request is cut at 200 characters.

            Every answer carries its request's id in `X-Request-Id`, a problem also as `trace_id`: that of the `traceparent` that came, or a new one.
            What is not HTTP at all never reaches the service: Kestrel refuses a broken request line or header (400, with a `%00` in the path too), too long a
            line (414), too many or too long headers (431), an unknown version (505) and headers that do not come (408), and closes the connection, whose id
            is the `trace_id` then. Where Kestrel itself ends TLS, such an answer is its status alone.

            | status | code | title | what to do |
            |---|---|---|---|

            """);
        foreach (var kind in ProblemKind.All)
            text.Append($"| {kind.Status} | `{kind.Code}` | {kind.Title} | {kind.Advice} |\n");

        Assert.Equal(GeneratedFile.Expected(Repository.PathOf("docs", "problems.md"), text.ToString()), text.ToString());
    }
}
