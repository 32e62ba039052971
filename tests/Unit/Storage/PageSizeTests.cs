using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using JobTracker.Batches;
using JobTracker.Gateway;
using JobTracker.Gateway.Batches;
using JobTracker.Gateway.Jobs;
using JobTracker.Grains.Storage;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Jobs;
using JobTracker.Tests.Unit.Contracts;

namespace JobTracker.Tests.Unit.Storage;

/// <summary>What is counted for a row of a page is what it will have on the wire: never less, and not much more.</summary>
public sealed class PageSizeTests
{
    private const long Slack = 2_500;

    private static readonly string Json = $$"""{"a":"{{new string('ü', 500)}}"}""";

    private static readonly JobSnapshot Job = (JobSnapshot)ContractSamples.Of(typeof(JobSnapshot)) with
    { Metadata = Json, RequestConfig = Json };

    private static readonly BatchSnapshot Batch = (BatchSnapshot)ContractSamples.Of(typeof(BatchSnapshot)) with { Metadata = Json };

    private static readonly ItemSnapshot Item = (ItemSnapshot)ContractSamples.Of(typeof(ItemSnapshot)) with { Usage = Json };

    [Theory]
    [InlineData("plain text")]
    [InlineData("ü ÿ \u0001 \" \\ 🚀 <&'+")]
    public void A_row_has_no_more_bytes_than_are_counted(string words)
    {
        var text = string.Concat(Enumerable.Repeat(words, 50));
        var job = Job with
        {
            StopReason = text,
            UserId = text,
            OrganizationId = text,
            CreatedById = text,
            LastUpdatedById = text,
            JobType = new string('x', 64),
            Error = new JobError(text, text),
            Progress = Job.Progress! with { Message = text },
            Callback = Job.Callback! with { Url = text, Error = text },
            History = [.. Job.History.Select(step => step with { By = text, StopReason = text })],
        };
        var batch = Batch with
        {
            OrganizationId = text,
            Provider = text,
            ProviderBatchId = text,
            RawStatus = text,
            LastPollError = text,
            PostProcessingError = text,
            Errors = [new BatchError(text, text, long.MaxValue, text), new BatchError(null, null)],
        };
        var item = Item with { CustomId = text, JobNote = text, Error = Item.Error! with { Type = text, Code = text, Message = text } };

        AssertCounted(JobBytes.Of(job), JobView.Of(job), GatewayJson.Wire.JobView);
        AssertCounted(BatchBytes.Of(batch), BatchView.Of(batch), GatewayJson.Wire.BatchView);
        AssertCounted(BatchBytes.Of(item), ItemView.Of(item), ItemViewType);
    }

    [Fact]
    public void A_row_that_has_next_to_nothing_is_not_counted_for_much()
    {
        var job = new JobSnapshot
        {
            Id = Job.Id,
            OrganizationId = "o",
            UserId = "u",
            JobType = "job",
            Status = JobStatus.Created,
            Version = 1,
            CreatedAt = Job.CreatedAt,
            UpdatedAt = Job.UpdatedAt,
            History = [],
            CreatedById = "u",
            LastUpdatedById = "u",
        };

        AssertCounted(JobBytes.Of(job), JobView.Of(job), GatewayJson.Wire.JobView);
    }

    [Fact]
    public void A_step_asks_for_as_many_rows_as_may_fit_and_one_that_tells_of_more()
    {
        var page = new PageBudget(rows: 1_000, bytes: 1_000_000);
        Assert.Equal(128, page.NextStep);
        for (var row = 0; row < 100; row++)
            Assert.True(page.Takes(2_000));

        Assert.Equal(400, page.NextStep);
        Assert.True(page.Takes(790_000));
        Assert.Equal(16, page.NextStep);
        Assert.False(page.Takes(10_001));
        Assert.Equal((101, 990_000L, true), (page.Taken, page.Bytes, page.IsFull));
        Assert.Equal(3, new PageBudget(rows: 2, bytes: 1).NextStep);
    }

    private static JsonTypeInfo<ItemView> ItemViewType => (JsonTypeInfo<ItemView>)GatewayJson.Wire.Options.GetTypeInfo(typeof(ItemView));

    private static void AssertCounted<T>(long counted, T view, JsonTypeInfo<T> type)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(view, type).Length + 1;
        Assert.True(bytes <= counted, $"{typeof(T).Name} has {bytes} bytes, and {counted} are counted.");
        Assert.True(counted <= (2 * bytes) + Slack, $"{typeof(T).Name} has {bytes} bytes, and {counted} are counted.");
    }
}
