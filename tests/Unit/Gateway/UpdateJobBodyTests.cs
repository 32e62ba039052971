using JobTracker.Gateway.Jobs;
using JobTracker.Gateway.Problems;
using JobTracker.Jobs;

namespace JobTracker.Tests.Unit.Gateway;

public sealed class UpdateJobBodyTests
{
    [Fact]
    public void Absent_fields_are_left_alone() => Assert.Equal(new UpdateJob(), Read("{}"));

    [Fact]
    public void Null_clears() => Assert.Equal(
        new UpdateJob
        {
            StopReason = Change.To<string>(null),
            Error = Change.To<JobError>(null),
            Progress = Change.To<JobProgress>(null),
            TtftNs = Change.To<long?>(null),
            TotalDurationNs = Change.To<long?>(null),
            ExpiresAt = Change.To<DateTimeOffset?>(null),
        },
        Read("""{"stop_reason":null,"error":null,"progress":null,"ttft_ns":null,"total_duration_ns":null,"expires_at":null}"""));

    [Fact]
    public void Every_field_reaches_the_command() => Assert.Equal(
        new UpdateJob
        {
            Status = JobStatus.Failed,
            StopReason = Change.To("llm_api_error"),
            Error = Change.To(new JobError("rate_limited", "slow down")),
            MetadataPatch = """{"a":null,"b":{"c":1}}""",
            Progress = Change.To(new JobProgress(3, 10, "third")),
            TtftNs = Change.To<long?>(0),
            TotalDurationNs = Change.To<long?>(long.MaxValue),
            ExpiresAt = Change.To<DateTimeOffset?>(new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)),
            Seal = true,
        },
        Read("""
            {"sealed":true,"status":"failed","stop_reason":"llm_api_error","error":{"code":"rate_limited","message":"slow down"},"metadata":{"a":null,"b":{"c":1}},
             "progress":{"completed":3,"total":10,"message":"third"},"ttft_ns":0,"total_duration_ns":9223372036854775807,"expires_at":"2030-01-01T00:00:00Z"}
            """));

    [Theory]
    [InlineData("""{"status":null}""", "$.status")]
    [InlineData("""{"metadata":null}""", "$.metadata")]
    [InlineData("""{"sealed":null}""", "$.sealed")]
    [InlineData("""{"sealed":false}""", "$.sealed")]
    [InlineData("""{"version":2}""", "$.version")]
    [InlineData("""{"error":{}}""", "$.error.code")]
    [InlineData("""{"error":{"code":null}}""", "$.error.code")]
    [InlineData("""{"error":{"code":"x","cause":1}}""", "$.error.cause")]
    [InlineData("""{"error":"boom"}""", "$.error")]
    [InlineData("""{"progress":{"total":1}}""", "$.progress.completed")]
    [InlineData("""{"progress":{"completed":-1}}""", "$.progress.completed")]
    [InlineData("""{"progress":{"completed":1,"message":2}}""", "$.progress.message")]
    [InlineData("""{"ttft_ns":-1}""", "$.ttft_ns")]
    [InlineData("""{"total_duration_ns":9223372036854775808}""", "$.total_duration_ns")]
    [InlineData("""{"expires_at":"soon"}""", "$.expires_at")]
    [InlineData("[]", "$")]
    public void What_is_wrong_is_named_by_its_path(string body, string path)
    {
        var errors = new RequestErrors();
        UpdateJobBody.Read(Requests.Json(body), Requests.Limits, errors);

        Assert.Equal([path], Requests.Names(errors));
    }

    [Theory]
    [InlineData("""{"stop_reason":1}""", "$.stop_reason")]
    [InlineData("""{"status":"cancelled"}""", "$.status")]
    [InlineData("1", "$")]
    public void A_cancel_takes_a_stop_reason_and_nothing_else(string body, string path)
    {
        var errors = new RequestErrors();
        CancelJobBody.Read(Requests.Json(body), errors);

        Assert.Equal([path], Requests.Names(errors));
    }

    private static UpdateJob Read(string body)
    {
        var errors = new RequestErrors();
        var command = UpdateJobBody.Read(Requests.Json(body), Requests.Limits, errors);
        Assert.Empty(Requests.Names(errors));
        return command;
    }
}
