using JobTracker.Gateway.Jobs;
using JobTracker.Gateway.Requests;

namespace JobTracker.Tests.Unit.Gateway;

public sealed class FingerprintTests
{
    [Theory]
    [InlineData("""{"metadata":{"a":1,"b":{"c":"é","d":[]}}}""", """{ "metadata" : { "b" : {"d":[ ],"c":"\u00e9"}, "\u0061" : 1 } }""")]
    [InlineData("{}", """{"job_type":"job","status":"created","background":false,"metadata":{}}""")]
    [InlineData("""{"expires_at":"2030-01-01T00:00:00Z"}""", """{"expires_at":"2030-01-01T01:00:00.000+01:00"}""")]
    [InlineData("""{"callback_events":["failed","completed"]}""", """{"callback_events":["completed","failed"]}""")]
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
    public void Every_field_counts(string body)
    {
        Assert.NotEqual(Of("{}"), Of(body));
        Assert.Matches("^[0-9a-f]{64}$", Of(body));
    }

    [Fact]
    public void The_order_of_an_array_counts() => Assert.NotEqual(Of("""{"metadata":{"a":[1,2]}}"""), Of("""{"metadata":{"a":[2,1]}}"""));

    private static string Of(string body) => Fingerprint.Of(CreateJobBody.Read(Requests.Json(body), "$", Requests.Limits, new RequestErrors()));
}
