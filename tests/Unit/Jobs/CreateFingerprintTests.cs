using JobTracker.Gateway.Jobs;
using JobTracker.Gateway.Problems;
using JobTracker.Jobs;
using JobTracker.Tests.Unit.Gateway;

namespace JobTracker.Tests.Unit.Jobs;

public sealed class CreateFingerprintTests
{
    [Theory]
    [InlineData("""{"metadata":{"a":1,"b":{"c":"é","d":[]}}}""", """{ "metadata" : { "b" : {"d":[ ],"c":"\u00e9"}, "\u0061" : 1 } }""")]
    [InlineData("{}", """{"job_type":"job","status":"created","background":false,"metadata":{}}""")]
    [InlineData("""{"expires_at":"2030-01-01T00:00:00Z"}""", """{"expires_at":"2030-01-01T01:00:00.000+01:00"}""")]
    [InlineData("""{"callback_events":["failed","completed"]}""", """{"callback_events":["completed","failed"]}""")]
    [InlineData("{}", """{"tags":[]}""")]
    [InlineData("""{"tags":["a","b"]}""", """{"tags":["b","a"]}""")]
    public void What_means_the_same_has_one_fingerprint(string one, string other) => Assert.Equal(Of(one), Of(other));

    [Theory]
    [InlineData("""{"job_type":"run"}""")]
    [InlineData("""{"status":"pending"}""")]
    [InlineData("""{"metadata":{"a":null}}""")]
    [InlineData("""{"metadata":{"a":[1,2]}}""")]
    [InlineData("""{"metadata":{"a":[2,1]}}""")]
    [InlineData("""{"request_config":{}}""")]
    [InlineData("""{"background":true}""")]
    [InlineData("""{"parent_id":"job-01890a5d-ac96-774b-bcce-b302099a8057"}""")]
    [InlineData("""{"expires_at":"2030-01-01T00:00:00Z"}""")]
    [InlineData("""{"timeout_seconds":1}""")]
    [InlineData("""{"heartbeat_timeout_seconds":1}""")]
    [InlineData("""{"callback_url":"https://a.example/"}""")]
    [InlineData("""{"callback_events":["failed"]}""")]
    [InlineData("""{"tags":["a"]}""")]
    public void Every_field_counts(string body)
    {
        Assert.NotEqual(Of("{}"), Of(body));
        Assert.Matches("^[0-9a-f]{64}$", Of(body));
    }

    [Fact]
    public void The_order_of_an_array_counts() => Assert.NotEqual(Of("""{"metadata":{"a":[1,2]}}"""), Of("""{"metadata":{"a":[2,1]}}"""));

    [Fact]
    public void Both_doors_make_the_same_of_a_job()
    {
        var asked = new CreateJob
        {
            JobType = "import",
            Metadata = """{ "b":[1], "a":"\u00e9" }""",
            ExpiresAt = new DateTimeOffset(2030, 1, 1, 1, 0, 0, TimeSpan.FromHours(1)),
            Timeout = TimeSpan.FromSeconds(90),
            CallbackUrl = "https://a.example/",
            CallbackEvents = [JobStatus.Failed],
        };

        Assert.Equal(
            Of("""
                {"job_type":"import","metadata":{"a":"é","b":[1]},"expires_at":"2030-01-01T00:00:00Z","timeout_seconds":90,
                "callback_url":"https://a.example/","callback_events":["failed"]}
                """),
            CreateFingerprint.Of(asked));
    }

    [Fact]
    public void A_key_that_was_stored_by_its_spelling_still_fits()
    {
        var asked = new CreateJob { Metadata = """{"a":1}""", IdempotencyKey = "k" };
        var again = asked with { Fingerprint = CreateFingerprint.Of(asked) };

        Assert.True(CreateFingerprint.Fits(SpelledFingerprint.Of(asked), again));
        Assert.True(CreateFingerprint.Fits(CreateFingerprint.Of(asked), asked with { Fingerprint = SpelledFingerprint.Of(asked) }));
        Assert.False(CreateFingerprint.Fits(SpelledFingerprint.Of(asked), again with { Metadata = "{}", Fingerprint = "f" }));
    }

    [Fact]
    public void What_is_no_JSON_has_a_fingerprint_too() =>
        Assert.NotEqual(CreateFingerprint.Of(new CreateJob { Metadata = "{" }), CreateFingerprint.Of(new CreateJob { Metadata = "}" }));

    private static string Of(string body) =>
        CreateFingerprint.Of(CreateJobBody.Read(Requests.Json(body), "$", Requests.Limits, new RequestErrors()));
}
