using System.Text;
using System.Text.Json;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Anthropic;

namespace JobTracker.Tests.Unit.Batches.Providers;

public sealed class AnthropicTablesTests
{
    [Theory]
    [InlineData("in_progress", ProviderStage.Running)]
    [InlineData("canceling", ProviderStage.Cancelling)]
    [InlineData("ended", ProviderStage.Ended)]
    [InlineData("Ended", ProviderStage.Ended)]
    [InlineData("IN_PROGRESS", ProviderStage.Running)]
    [InlineData("paused", ProviderStage.Unrecognized)]
    [InlineData("", ProviderStage.Unrecognized)]
    public void A_status_means_a_stage(string raw, object stage) => Assert.Equal((ProviderStage)stage, AnthropicStatus.Stage(raw));

    [Theory]
    [InlineData(3, 0, 0, 0, BatchStatus.Completed)]
    [InlineData(1, 2, 0, 0, BatchStatus.Completed)]
    [InlineData(0, 3, 0, 0, BatchStatus.Failed)]
    [InlineData(2, 0, 1, 0, BatchStatus.Cancelled)]
    [InlineData(2, 0, 1, 1, BatchStatus.Cancelled)]
    [InlineData(2, 0, 0, 1, BatchStatus.Expired)]
    [InlineData(0, 0, 0, 3, BatchStatus.Expired)]
    [InlineData(0, 0, 0, 0, BatchStatus.Failed)]
    public void The_final_status_comes_from_the_items(int completed, int failed, int cancelled, int expired, BatchStatus status) =>
        Assert.Equal(status, AnthropicStatus.Final(new ItemTally(completed, failed, cancelled, expired)));

    [Theory]
    [InlineData("""{"custom_id":"a","result":{"type":"succeeded","message":{"id":"m","usage":{"input_tokens":1}}}}""", "a Completed usage={\"input_tokens\":1}")]
    [InlineData("""{"result":{"message":{"content":[{"type":"errored"}]},"type":"succeeded"},"custom_id":"a","new":[1]}""", "a Completed")]
    [InlineData("""{"custom_id":"a","result":{"type":"succeeded","message":null}}""", "a Completed")]
    [InlineData("""{"custom_id":"a","result":{"type":"errored","error":{"type":"error","error":{"type":"invalid_request_error","message":"bad"}}}}""", "a Failed invalid_request_error bad")]
    [InlineData("""{"custom_id":"a","result":{"type":"errored","error":{"type":"overloaded_error","message":"busy"}}}""", "a Failed overloaded_error busy retryable")]
    [InlineData("""{"custom_id":"a","result":{"type":"errored","error":{"type":"error","error":{"type":"api_error","message":null}}}}""", "a Failed api_error retryable")]
    [InlineData("""{"custom_id":"a","result":{"type":"errored","error":"plain words"}}""", "a Failed error plain words")]
    [InlineData("""{"custom_id":"a","result":{"type":"errored","error":{"type":"error","error":{"message":"no type"}}}}""", "a Failed error no type")]
    [InlineData("""{"custom_id":"a","result":{"type":"errored","error":{"type":"overloaded_error","error":{"message":"no type"}}}}""", "a Failed overloaded_error no type retryable")]
    [InlineData("""{"custom_id":"a","result":{"type":"errored","error":{"type":"error","error":"inner words"}}}""", "a Failed error inner words")]
    [InlineData("""{"custom_id":"a","result":{"type":"errored","message":"beside"}}""", "a Failed error beside")]
    [InlineData("""{"custom_id":"a","result":{"type":"errored"},"error":{"type":"api_error","message":"outside"}}""", "a Failed api_error outside retryable")]
    [InlineData("""{"custom_id":"a","result":{"type":"errored"}}""", "a Failed error")]
    [InlineData("""{"custom_id":"a","result":{"type":"expired","error":{"message":"late"}}}""", "a Expired expired late retryable")]
    [InlineData("""{"custom_id":"a","error":{"message":"no result"}}""", "a Failed unrecognized no result")]
    [InlineData("""{"custom_id":"a","result":{"type":"errored","message":{"message":"inside"}}}""", "a Failed error inside")]
    [InlineData("""{"custom_id":"a","result":{"type":"errored"},"message":"at the top"}""", "a Failed error at the top")]
    [InlineData("""{"custom_id":"a","result":"the gateway timed out"}""", "a Failed unrecognized the gateway timed out")]
    [InlineData("""{"custom_id":"a","message":"dropped"}""", "a Failed unrecognized dropped")]
    [InlineData("""{"custom_id":"a","result":{"type":"canceled"}}""", "a Cancelled cancelled retryable")]
    [InlineData("""{"custom_id":"a","result":{"type":"expired"}}""", "a Expired expired retryable")]
    [InlineData("""{"custom_id":"a","result":{"type":"postponed"}}""", "a Failed unrecognized The result is of an unknown kind: postponed.")]
    [InlineData("""{"custom_id":"a","result":{"type":7}}""", "a Failed unrecognized The result is of an unknown kind: none.")]
    [InlineData("""{"custom_id":"a","result":null}""", "a Failed unrecognized The result is of an unknown kind: none.")]
    [InlineData("""{"custom_id":"a"}""", "a Failed unrecognized The result is of an unknown kind: none.")]
    public void A_result_line_means_an_outcome(string line, string outcome) =>
        Assert.Equal(outcome, Outcomes.Show(AnthropicResult.Parse, line));

    [Theory]
    [InlineData("""{"result":{"type":"succeeded"}}""")]
    [InlineData("""{"custom_id":7,"result":{"type":"succeeded"}}""")]
    [InlineData("""{"custom_id":"","result":{"type":"succeeded"}}""")]
    [InlineData("""{"custom_id":"\u0000","result":{"type":"succeeded"}}""")]
    [InlineData("""{"custom_id":"\ud800","result":{"type":"succeeded"}}""")]
    [InlineData("""{"custom_id":"a","result":{"type":"succeeded"}""")]
    [InlineData("""{"custom_id":"a"} {"custom_id":"b"}""")]
    [InlineData("""["a"]""")]
    [InlineData("<html>")]
    public void A_line_that_names_no_item_is_broken(string line) =>
        Assert.ThrowsAny<JsonException>(() => AnthropicResult.Parse(Encoding.UTF8.GetBytes(line)));

    [Fact]
    public void A_batch_is_read_leniently()
    {
        var full = AnthropicBatch.Read(JsonElement.Parse("""
            {"id":"msgbatch_1","processing_status":"ended","request_counts":{"processing":0,"succeeded":2,"errored":1,"canceled":0,"expired":4},
             "created_at":"2026-01-02T03:04:05Z","ended_at":"2026-01-02T04:04:05+01:00","expires_at":null,"cancel_initiated_at":null,"results_url":"http://elsewhere/x","new":{}}
            """))!;
        var bare = AnthropicBatch.Read(
            JsonElement.Parse("""{"id":"msgbatch_1","processing_status":5,"request_counts":"none","created_at":12}"""))!;

        Assert.Equal((ProviderStage.Ended, ProviderEnd.Expired, new ProviderCounts(7, 0, 2, 1, 0, 4)), (full.Stage, full.End, full.Counts));
        Assert.Equal((new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero), full.CreatedAt), (full.EndedAt, full.CreatedAt));
        Assert.Equal((ProviderStage.Unrecognized, "", null, null, new ProviderCounts()),
            (bare.Stage, bare.RawStatus, bare.End, bare.CreatedAt, bare.Counts));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"id":"../files"}""")]
    [InlineData("""{"id":""}""")]
    [InlineData("""[]""")]
    public void An_answer_without_a_usable_id_is_no_batch(string json) => Assert.Null(AnthropicBatch.Read(JsonElement.Parse(json)));

    [Theory]
    [InlineData(ProviderEnd.Cancelled, ItemStatus.Cancelled)]
    [InlineData(ProviderEnd.Expired, ItemStatus.Expired)]
    [InlineData(ProviderEnd.Completed, ItemStatus.Failed)]
    [InlineData(ProviderEnd.Failed, ItemStatus.Failed)]
    public void An_item_without_a_line_is_read_for_again_and_then_follows_its_batch(object end, ItemStatus status)
    {
        var missing = AnthropicStatus.Missing((ProviderEnd)end);

        Assert.Equal((status, ExpectedLines.OfAll), (missing.Outcome.Status, missing.Lines));
    }
}
