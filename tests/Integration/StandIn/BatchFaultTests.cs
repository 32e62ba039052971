using System.Text.Json.Nodes;
using JobTracker.Tests.StandIn;
using JobTracker.Tests.StandIn.Batches;
using JobTracker.Tests.StandIn.Faults;
using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.Integration.StandIn;

/// <summary>Faults inside the batch object of one poll; the next poll is well again.</summary>
public sealed class BatchFaultTests
{
    [Theory]
    [InlineData(Dialect.Anthropic, "processing_status")]
    [InlineData(Dialect.OpenAi, "status")]
    public async Task An_unknown_status_changes_the_status_alone(Dialect dialect, string field)
    {
        var (plain, hit) = await PollAsync(dialect, FaultKind.UnknownBatchStatus);
        Assert.Equal("hibernating", hit[field]!.GetValue<string>());
        hit[field] = plain[field]!.GetValue<string>();
        Assert.Equal(plain.ToJsonString(), hit.ToJsonString());
    }

    [Theory]
    [InlineData(Dialect.Anthropic)]
    [InlineData(Dialect.OpenAi)]
    public async Task An_extra_field_is_beside_the_known_ones(Dialect dialect)
    {
        var (plain, hit) = await PollAsync(dialect, FaultKind.ExtraFields);
        Assert.True(hit.Remove("from_the_future"));
        Assert.Equal(plain.ToJsonString(), hit.ToJsonString());
    }

    [Theory]
    [InlineData(Dialect.Anthropic, "id,type,processing_status")]
    [InlineData(Dialect.OpenAi, "id,object,status")]
    public async Task Missing_fields_leave_the_id_the_type_and_the_status(Dialect dialect, string kept)
    {
        var (_, hit) = await PollAsync(dialect, FaultKind.MissingFields);
        Assert.Equal(kept, string.Join(',', hit.Select(field => field.Key)));
    }

    private static async Task<(JsonObject Plain, JsonObject Hit)> PollAsync(Dialect dialect, FaultKind kind)
    {
        await using var standIn = await ProviderStandIn.StartAsync();
        using var http = new StandInHttp(standIn);
        var path = StandInHttp.PathOf(standIn.Batches.Add(dialect, "key-1", ["a"]));
        standIn.Faults.Arm(dialect is Dialect.Anthropic ? StandInRoute.AnthropicGet : StandInRoute.OpenAiGet, kind);
        var hit = await http.JsonAsync(path);
        return ((await http.JsonAsync(path)).AsObject(), hit.AsObject());
    }
}
