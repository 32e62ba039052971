using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using JobTracker.Batches;
using JobTracker.Gateway;
using JobTracker.Gateway.Batches;

namespace JobTracker.Tests.Unit.Gateway.Batches;

public sealed class BatchViewTests
{
    [Fact]
    public void A_batch_is_written_field_by_field() => Assert.Equal(
        """
        {"id":"batch-01890a5d-ac96-774b-bcce-b302099a8057","job_id":"job-01890a5d-ac97-774b-bcce-b302099a8057","organization_id":"org-1","provider":"claude",
        "provider_batch_id":"msgbatch_1","status":"expired","phase":"post_processing","raw_status":"ended",
        "counts":{"total":10,"pending":1,"completed":2,"failed":3,"cancelled":4,"expired":5},"has_partial_results":true,
        "errors":[{"code":"invalid_json_line","message":"no","line":3,"param":"body"},{"code":null,"message":null,"line":null,"param":null}],"quarantined":7,"attempts":2,
        "created_at":"2026-01-31T12:00:00Z","submitted_at":"2026-01-31T12:00:01Z","ended_at":"2026-01-31T12:00:02Z","completed_at":"2026-01-31T12:00:03Z",
        "expires_at":"2026-02-01T12:00:00Z","cancel_requested_at":"2026-01-31T12:00:04Z","next_poll_at":"2026-01-31T12:00:05Z",
        "last_attempt_at":"2026-01-31T12:00:06Z","last_success_at":"2026-01-31T12:00:07Z","last_poll_error":"answered 529","consecutive_failures":8,
        "needs_attention":true,"post_processing_error":"broke","metadata":{"a": 1.50},"version":9}
        """.ReplaceLineEndings(""),
        Written(BatchView.Of(BatchSnapshots.WithEverything), GatewayJson.Wire.BatchView));

    [Fact]
    public void What_is_not_set_is_null()
    {
        var fields = JsonDocument.Parse(Written(BatchView.Of(BatchSnapshots.Created), GatewayJson.Wire.BatchView)).RootElement;

        Assert.Equal(
            [
                "provider_batch_id", "raw_status", "submitted_at", "ended_at", "completed_at", "expires_at", "cancel_requested_at",
                "next_poll_at",
                "last_attempt_at", "last_success_at", "last_poll_error", "post_processing_error",
            ],
            fields.EnumerateObject().Where(field => field.Value.ValueKind == JsonValueKind.Null).Select(field => field.Name));
        Assert.Equal(("submission_unknown", "{}"), (fields.GetProperty("phase").GetString(), fields.GetProperty("metadata").GetRawText()));
    }

    [Fact]
    public void An_item_of_a_list_has_no_result() => Assert.Equal(
        """
        {"custom_id":"a-1","status":"failed","error":{"type":"api_error","code":"x","message":"it <broke>","retryable":true},"http_status":500,
        "usage":{"in": 1},"job_id":"job-01890a5d-ac97-774b-bcce-b302099a8057","job_note":"not_found","attempt":2,"completed_at":"2026-01-31T12:00:00Z"}
        """.ReplaceLineEndings(""),
        Written(ItemView.Of(BatchSnapshots.Item), GatewayJson.Wire.ItemView));

    [Theory]
    [InlineData("""{"custom_id":"a-1","n": 1.0}""", """{"custom_id":"a-1","n": 1.0}""")]
    [InlineData("", "\"\"")]
    [InlineData("{\"cut\":", "\"{\\\"cut\\\":\"")]
    [InlineData("{} {}", "\"{} {}\"")]
    [InlineData(null, "null")]
    public void A_single_item_has_its_result_as_it_came(string? result, string written)
    {
        var item = BatchSnapshots.Item with { Result = result is null ? null : Encoding.UTF8.GetBytes(result) };
        var all = Written(ItemWithResultView.Of(item), GatewayJson.Wire.ItemWithResultView);
        var fields = JsonDocument.Parse(all).RootElement;

        Assert.Equal(written, fields.GetProperty("result").GetRawText());
        Assert.Equal(Written(ItemView.Of(item), GatewayJson.Wire.ItemView)[..^1], all.Replace(
            $"\"result\":{written}", "", StringComparison.Ordinal).Trim('{', '}', ',').Insert(0, "{"));
    }

    [Fact]
    public void Each_word_of_a_batch_is_one_of_the_API() => Assert.Equal(
        ["\"pending\"", "\"running\"", "\"completed\"", "\"failed\"", "\"cancelled\"", "\"expired\""],
        Enum.GetValues<BatchStatus>()
            .Select(status => Written(BatchView.Of(BatchSnapshots.Created with { Status = status }), GatewayJson.Wire.BatchView))
            .Select(text => JsonDocument.Parse(text).RootElement.GetProperty("status").GetRawText()));

    private static string Written<T>(T view, JsonTypeInfo<T> type) => JsonSerializer.Serialize(view, type);
}
