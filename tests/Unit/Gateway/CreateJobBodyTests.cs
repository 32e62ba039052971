using JobTracker.Gateway.Jobs;
using JobTracker.Gateway.Problems;
using JobTracker.Jobs;

namespace JobTracker.Tests.Unit.Gateway;

public sealed class CreateJobBodyTests
{
    private const string Parent = "job-01890a5d-ac96-774b-bcce-b302099a8057";

    [Fact]
    public void Every_field_reaches_the_command()
    {
        var errors = new RequestErrors();
        var command = CreateJobBody.Read(Requests.Json($$"""
            {"job_type":"run","status":"running","metadata":{ "a" : [1.50, "é"] },"request_config":{},"background":true,"parent_id":"{{Parent}}",
             "expires_at":"2030-01-01T01:00:00+01:00","timeout_seconds":60,"heartbeat_timeout_seconds":5,"callback_url":"https://a.example/x",
             "callback_events":["failed","completed","failed"]}
            """), "$", Requests.Limits, errors);

        Assert.Empty(Requests.Names(errors));
        Assert.Equal([JobStatus.Failed, JobStatus.Completed], command.CallbackEvents!.Value);
        Assert.Equal(
            new CreateJob
            {
                JobType = "run",
                Status = JobStatus.Running,
                Metadata = """{"a":[1.50,"é"]}""",
                RequestConfig = "{}",
                Background = true,
                ParentId = JobId.Parse(Parent),
                ExpiresAt = new DateTimeOffset(2030, 1, 1, 0, 0, 0, TimeSpan.Zero),
                Timeout = TimeSpan.FromMinutes(1),
                HeartbeatTimeout = TimeSpan.FromSeconds(5),
                CallbackUrl = "https://a.example/x",
                CallbackEvents = command.CallbackEvents,
            },
            command);
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"job_type":null,"status":null,"metadata":null,"background":null,"parent_id":null,"expires_at":null,"timeout_seconds":null,"callback_events":null}""")]
    public void Null_and_absent_mean_the_default(string body)
    {
        var errors = new RequestErrors();

        Assert.Equal(new CreateJob(), CreateJobBody.Read(Requests.Json(body), "$", Requests.Limits, errors));
        Assert.Empty(Requests.Names(errors));
    }

    [Theory]
    [InlineData("[]", "$")]
    [InlineData("null", "$")]
    [InlineData("\"x\"", "$")]
    [InlineData("""{"jobType":"run"}""", "$.jobType")]
    [InlineData("""{"job_type":1}""", "$.job_type")]
    [InlineData("""{"status":"done"}""", "$.status")]
    [InlineData("""{"status":2}""", "$.status")]
    [InlineData("""{"metadata":[]}""", "$.metadata")]
    [InlineData("""{"metadata":"{}"}""", "$.metadata")]
    [InlineData("""{"metadata":{"a":{"b":"\u0000"}}}""", "$.metadata.a.b")]
    [InlineData("""{"job_type":"a","job_type":"b"}""", "$.job_type")]
    [InlineData("""{"background":"true"}""", "$.background")]
    [InlineData("""{"parent_id":"job-1"}""", "$.parent_id")]
    [InlineData("""{"expires_at":"2030-01-01"}""", "$.expires_at")]
    [InlineData("""{"expires_at":"2030-01-01T00:00:00"}""", "$.expires_at")]
    [InlineData("""{"expires_at":1893456000}""", "$.expires_at")]
    [InlineData("""{"timeout_seconds":1.5}""", "$.timeout_seconds")]
    [InlineData("""{"timeout_seconds":99999999999999999999}""", "$.timeout_seconds")]
    [InlineData("""{"callback_events":"failed"}""", "$.callback_events")]
    [InlineData("""{"callback_events":["failed",1]}""", "$.callback_events")]
    public void What_is_wrong_is_named_by_its_path(string body, string path)
    {
        var errors = new RequestErrors();
        CreateJobBody.Read(Requests.Json(body), "$", Requests.Limits, errors);

        Assert.Equal([path], Requests.Names(errors));
    }

    [Fact]
    public void All_that_is_wrong_is_named_at_once()
    {
        var errors = new RequestErrors();
        CreateJobBody.Read(Requests.Json("""{"job_type":1,"x":1,"metadata":1,"background":1}"""), "$", Requests.Limits, errors);

        Assert.Equal(["$.x", "$.job_type", "$.metadata", "$.background"], Requests.Names(errors));
    }

    [Theory]
    [InlineData(0, false)]
    [InlineData(1, true)]
    public void Metadata_has_64_KiB_at_most(int beyond, bool isRefused)
    {
        var filler = new string('x', Requests.Limits.MetadataBytes - """{"a":""}""".Length + beyond);
        Assert.Equal(isRefused, Refuses($$"""{"metadata": { "a" : "{{filler}}" } }"""));
        Assert.Equal(isRefused, Refuses($$"""{"request_config": { "a" : "{{filler}}" } }"""));
    }

    [Theory]
    [InlineData(32, false)]
    [InlineData(33, true)]
    public void Metadata_has_32_levels_at_most(int levels, bool isRefused)
    {
        var inner = new string('[', levels - 1) + new string(']', levels - 1);
        Assert.Equal(isRefused, Refuses($$"""{"metadata": {"a": {{inner}} } }"""));
    }

    [Theory]
    [InlineData(2_048, false)]
    [InlineData(2_049, true)]
    public void A_url_has_2048_characters_at_most(int length, bool isRefused) =>
        Assert.Equal(isRefused, Refuses($$"""{"callback_url":"{{"https://a.example/".PadRight(length, 'x')}}"}"""));

    private static bool Refuses(string body)
    {
        var errors = new RequestErrors();
        CreateJobBody.Read(Requests.Json(body), "$", Requests.Limits, errors);
        return errors.Problem is not null;
    }
}
