using System.Text;
using System.Text.Json;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;
using JobTracker.Grains.Batches.Providers.OpenAI;

namespace JobTracker.Tests.Unit.Batches.Providers;

public sealed class OpenAITablesTests
{
    [Theory]
    [InlineData("validating", ProviderStage.Validating, null)]
    [InlineData("in_progress", ProviderStage.Running, null)]
    [InlineData("finalizing", ProviderStage.Finalizing, null)]
    [InlineData("cancelling", ProviderStage.Cancelling, null)]
    [InlineData("completed", ProviderStage.Ended, ProviderEnd.Completed)]
    [InlineData("failed", ProviderStage.Ended, ProviderEnd.Failed)]
    [InlineData("cancelled", ProviderStage.Ended, ProviderEnd.Cancelled)]
    [InlineData("expired", ProviderStage.Ended, ProviderEnd.Expired)]
    [InlineData("COMPLETED", ProviderStage.Ended, ProviderEnd.Completed)]
    [InlineData("In_Progress", ProviderStage.Running, null)]
    [InlineData("canceled", ProviderStage.Unrecognized, null)]
    [InlineData("queued", ProviderStage.Unrecognized, null)]
    public void A_status_means_a_stage_and_an_end(string raw, object stage, object? end) =>
        Assert.Equal(((ProviderStage)stage, (ProviderEnd?)end), OpenAIStatus.Read(raw));

    [Theory]
    [InlineData(ProviderEnd.Completed, 1, BatchStatus.Completed)]
    [InlineData(ProviderEnd.Completed, 0, BatchStatus.Failed)]
    [InlineData(ProviderEnd.Failed, 0, BatchStatus.Failed)]
    [InlineData(ProviderEnd.Failed, 1, BatchStatus.Failed)]
    [InlineData(ProviderEnd.Cancelled, 1, BatchStatus.Cancelled)]
    [InlineData(ProviderEnd.Expired, 1, BatchStatus.Expired)]
    public void The_final_status_is_the_end_and_completed_needs_a_success(object end, int completed, BatchStatus status) =>
        Assert.Equal(status, OpenAIStatus.Final((ProviderEnd)end, new ItemTally(completed, 3, 0, 0)));

    [Theory]
    [InlineData(ProviderStage.Unrecognized, BatchStatus.Pending, BatchStatus.Pending)]
    [InlineData(ProviderStage.Unrecognized, BatchStatus.Running, BatchStatus.Running)]
    [InlineData(ProviderStage.Validating, BatchStatus.Pending, BatchStatus.Pending)]
    [InlineData(ProviderStage.Running, BatchStatus.Pending, BatchStatus.Running)]
    [InlineData(ProviderStage.Finalizing, BatchStatus.Running, BatchStatus.Running)]
    [InlineData(ProviderStage.Cancelling, BatchStatus.Running, BatchStatus.Running)]
    [InlineData(ProviderStage.Ended, BatchStatus.Running, BatchStatus.Running)]
    public void No_stage_shows_a_terminal_status(object stage, BatchStatus before, BatchStatus shown) =>
        Assert.Equal(shown, ((ProviderStage)stage).Shown(before));

    [Theory]
    [InlineData("""{"id":"r","custom_id":"a","response":{"status_code":200,"request_id":"q","body":{"usage":{"total_tokens":3}}},"error":null}""", "a Completed 200 usage={\"total_tokens\":3}")]
    [InlineData("""{"error":{"code":null,"message":null},"response":{"body":{},"status_code":201},"custom_id":"a"}""", "a Completed 201")]
    [InlineData("""{"custom_id":"a","response":{"status_code":400,"body":{"error":{"message":"too long","type":"invalid_request_error","param":"x","code":"context_length_exceeded"}}},"error":null}""", "a Failed 400 invalid_request_error context_length_exceeded too long")]
    [InlineData("""{"custom_id":"a","response":{"status_code":429,"body":{"error":{"message":"slow","code":"rate_limit_exceeded"}}}}""", "a Failed 429 rate_limit_exceeded rate_limit_exceeded slow retryable")]
    [InlineData("""{"custom_id":"a","response":{"status_code":429,"body":{"error":{"type":"insufficient_quota"}}}}""", "a Failed 429 insufficient_quota")]
    [InlineData("""{"custom_id":"a","response":{"status_code":503,"body":"<html>"}}""", "a Failed 503 http_error retryable")]
    [InlineData("""{"custom_id":"a","response":null,"error":{"code":"batch_expired","message":"late"}}""", "a Expired expired batch_expired late retryable")]
    [InlineData("""{"custom_id":"a","response":null,"error":{"code":"batch_cancelled","message":"stopped"}}""", "a Cancelled cancelled batch_cancelled stopped retryable")]
    [InlineData("""{"custom_id":"a","response":null,"error":{"code":"server_error","message":"oops"}}""", "a Failed server_error server_error oops retryable")]
    [InlineData("""{"custom_id":"a","response":null,"error":{"message":"who knows"}}""", "a Failed error who knows")]
    [InlineData("""{"custom_id":"a","response":{"status_code":200,"body":{}},"error":{"code":"odd"}}""", "a Failed 200 odd odd")]
    [InlineData("""{"custom_id":"a","response":null,"error":null}""", "a Failed unrecognized The result is of an unknown kind: neither a response nor an error.")]
    [InlineData("""{"custom_id":"a","response":{"status_code":500,"message":"Internal Server Error"},"error":null}""", "a Failed 500 http_error Internal Server Error retryable")]
    [InlineData("""{"custom_id":"a","response":{"status_code":400,"body":"plain words"}}""", "a Failed 400 http_error plain words")]
    [InlineData("""{"custom_id":"a","response":{"status_code":502,"body":"<html><head><title>Bad &amp; gone</title>"}}""", "a Failed 502 http_error Bad & gone retryable")]
    [InlineData("""{"custom_id":"a","response":{"status_code":422,"body":{"detail":[{"loc":["body","model"],"msg":"field required","type":"missing"}]}}}""", "a Failed 422 missing field required")]
    [InlineData("""{"custom_id":"a","response":{"status_code":400,"body":{"error":"just text"}}}""", "a Failed 400 http_error just text")]
    [InlineData("""{"custom_id":"a","response":{"status_code":400,"body":"{\"error\":{\"message\":\"twice wrapped\",\"code\":7}}"}}""", "a Failed 400 7 7 twice wrapped")]
    [InlineData("""{"custom_id":"a","response":{"status_code":400,"body":{"error":{"code":"","type":"","message":"m"}}}}""", "a Failed 400 http_error m")]
    [InlineData("""{"custom_id":"a","response":null,"error":"just text"}""", "a Failed error just text")]
    [InlineData("""{"custom_id":"a","response":null,"error":{"code":"","message":"m"}}""", "a Failed error m")]
    [InlineData("""{"custom_id":"a","response":"the gateway timed out"}""", "a Failed unrecognized the gateway timed out")]
    [InlineData("""{"custom_id":"a","message":"dropped"}""", "a Failed unrecognized dropped")]
    [InlineData("""{"custom_id":"a","response":{"status_code":"200"}}""", "a Failed unrecognized The result is of an unknown kind: neither a response nor an error.")]
    public void A_result_line_means_an_outcome(string line, string outcome) =>
        Assert.Equal(outcome, Outcomes.Show(OpenAIResult.Parse, line));

    [Theory]
    [InlineData("""{"response":{"status_code":200}}""")]
    [InlineData("""{"custom_id":null}""")]
    [InlineData("""{"custom_id":"a","response":{"status_code":200}""")]
    [InlineData("""{"custom_id":"a"},""")]
    [InlineData("null")]
    public void A_line_that_names_no_item_is_broken(string line) =>
        Assert.ThrowsAny<JsonException>(() => OpenAIResult.Parse(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void A_batch_is_read_leniently()
    {
        var full = OpenAIBatch.Read(JsonElement.Parse("""
            {"id":"batch_1","status":"completed","created_at":1700000000,"completed_at":1700000600,"expires_at":0,"output_file_id":"file-o","error_file_id":"",
             "request_counts":{"total":5,"completed":2,"failed":1},"metadata":{"jobtracker_submission_id":"s-1","n":4}}
            """))!;
        var refused = OpenAIBatch.Read(JsonElement.Parse("""
            {"id":"batch_1","status":"failed","errors":{"object":"list","data":[{"code":"invalid_json_line","message":"no","line":3},"?"]},"request_counts":null,"metadata":null,"output_file_id":null}
            """))!;

        Assert.Equal((ProviderEnd.Completed, new ProviderCounts(5, 2, 2, 1), "s-1"), (full.End!.Value, full.Counts, full.SubmissionId));
        Assert.Equal((1700000000L, 1700000600L, null),
            (full.CreatedAt!.Value.ToUnixTimeSeconds(), full.EndedAt!.Value.ToUnixTimeSeconds(), full.ExpiresAt));
        Assert.Equal([new ResultFile(0, "output file", "file-o")], full.Files);
        Assert.Equal([new ProviderFault("invalid_json_line", "no", 3), new ProviderFault(null, "?", null)], refused.Faults);
        Assert.Empty(refused.Files);
    }

    [Theory]
    [InlineData(ProviderEnd.Cancelled, "Cancelled cancelled retryable", ExpectedLines.OfFinished)]
    [InlineData(ProviderEnd.Expired, "Expired expired retryable", ExpectedLines.OfFinished)]
    [InlineData(ProviderEnd.Completed, "Failed missing_result The provider gave no result for this item. retryable", ExpectedLines.OfAll)]
    [InlineData(ProviderEnd.Failed, "Failed missing_result empty_file The file is empty. retryable", ExpectedLines.None)]
    public void An_item_without_a_line_follows_its_batch(object end, string outcome, object lines)
    {
        var missing = OpenAIStatus.Missing((ProviderEnd)end, new ProviderFault("empty_file", "The file is empty.", null));

        Assert.Equal((outcome, lines), (Outcomes.Show(missing.Outcome), (object)missing.Lines));
    }
}
