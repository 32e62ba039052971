using System.Text;
using JobTracker.Grains.Callbacks.Sending;

namespace JobTracker.Tests.Unit.Callbacks;

public sealed class CallbackBodyTests
{
    private const string JobId = "job-01932f3c-8a10-7c61-b6a5-3f0a5f2f9d11";
    private static readonly DateTimeOffset CompletedAt = new DateTimeOffset(2026, 5, 4, 5, 6, 7, TimeSpan.FromHours(2)).AddTicks(1_234_567);

    private static string Of(string? metadata) => Encoding.UTF8.GetString(CallbackBody.Of(JobId, "completed", CompletedAt, metadata));

    [Fact]
    public void The_body_names_the_job_its_status_when_it_ended_and_its_metadata() =>
        Assert.Equal(
            """{"job_id":"job-01932f3c-8a10-7c61-b6a5-3f0a5f2f9d11","status":"completed","completed_at":"2026-05-04T03:06:07.123456Z","metadata":{"a":1}}""",
            Of("""{"a":1}"""));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("{}")]
    public void No_metadata_is_an_empty_object(string? metadata) =>
        Assert.EndsWith(",\"metadata\":{}}", Of(metadata), StringComparison.Ordinal);

    [Theory]
    [InlineData("""{"b":[{"z":1,"y":2}],"a":null}""", """{ "a" : null, "b": [ {"y":2, "z":1} ] }""")]
    [InlineData("""{"a":1,"a":2}""", """{"a":2}""")]
    [InlineData("""{"a":"\u00e9"}""", """{"a":"é"}""")]
    public void Metadata_that_a_store_gives_back_in_another_form_has_the_same_bytes(string one, string other) =>
        Assert.Equal(Of(one), Of(other));

    [Fact]
    public void Numbers_keep_their_digits() =>
        Assert.Contains(
            """{"a":12345678901234567890.10,"b":1.0}""", Of("""{"a":12345678901234567890.10,"b":1.0}"""), StringComparison.Ordinal);

    [Fact]
    public void Every_attempt_of_a_callback_has_one_id_and_another_callback_has_another()
    {
        Assert.Equal($"msg_{JobId}_completed", CallbackMessage.IdOf(JobId, "completed"));
        Assert.NotEqual(CallbackMessage.IdOf(JobId, "completed"), CallbackMessage.IdOf(JobId, "failed"));
        Assert.DoesNotContain('.', CallbackMessage.IdOf(JobId, "completed"));
    }

    [Theory]
    [InlineData("https://Example.org/a?b", "example.org:443")]
    [InlineData("http://example.org:8080", "example.org:8080")]
    [InlineData("http://[2606:4700::1111]/", "2606:4700::1111:80")]
    [InlineData("nonsense", null)]
    public void A_host_is_a_name_and_a_port(string url, string? host) => Assert.Equal(host, CallbackMessage.HostOf(url));
}
