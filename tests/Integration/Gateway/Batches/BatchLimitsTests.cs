namespace JobTracker.Tests.Integration.Gateway.Batches;

/// <summary>Each limit of a create, at it and one past it; smaller ones than the defaults, whose values the options' tests hold.</summary>
public sealed class BatchLimitsTests : IAsyncLifetime
{
    private const int LineBytes = 400;
    private const int BodyBytes = 40_000;
    private const int JsonBytes = 20_000;

    private readonly BatchHost _host = new(
        ("Limits:BatchBodyBytes", $"{BodyBytes}"), ("Limits:BatchJsonBytes", $"{JsonBytes}"), ("Limits:BatchItemBytes", $"{LineBytes}"),
        ("Limits:BatchItems", "3"));

    private ApiClient _api = null!;

    public async ValueTask InitializeAsync()
    {
        await _host.InitializeAsync();
        _api = _host.NewCaller().Api;
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    [Fact]
    public async Task Each_limit_holds_at_it_and_not_one_past_it()
    {
        Assert.Equal("202", await LinesAsync(Fill(BatchCaller.Lines("""{"provider":"claude"}""", "a"), BodyBytes, '\n')));
        Assert.Equal(
            "413 body_too_large", await LinesAsync(Fill(BatchCaller.Lines("""{"provider":"claude"}""", "a"), BodyBytes + 1, '\n')));
        Assert.Equal("202", await ObjectAsync(Fill(BatchCaller.Object("a"), JsonBytes, ' ')));
        Assert.Equal("413 body_too_large", await ObjectAsync(Fill(BatchCaller.Object("a"), JsonBytes + 1, ' ')));
        Assert.Equal("202", await LinesAsync("""{"provider":"claude"}""" + "\n" + Fill(BatchCaller.Item("a"), LineBytes, ' ')));
        Assert.Equal(
            "413 item_too_large", await LinesAsync("""{"provider":"claude"}""" + "\n" + Fill(BatchCaller.Item("a"), LineBytes + 1, ' ')));
        Assert.Equal("202", await LinesAsync(BatchCaller.Lines("""{"provider":"claude"}""", "a", "b", "c")));
        Assert.Equal("422 too_many_items", await LinesAsync(BatchCaller.Lines("""{"provider":"claude"}""", "a", "b", "c", "d")));
        Assert.Equal("422 too_many_items", await ObjectAsync(BatchCaller.Object("a", "b", "c", "d")));
    }

    [Fact]
    public async Task Too_many_items_tells_how_many_are_taken_and_which_is_the_first_beyond()
    {
        var ours = await _api.PostLinesAsync("/v1/batches", BatchCaller.Lines("""{"provider":"claude"}""", "a", "b", "c", "d"));
        Assert.Equal((3, 5), (ours.Body.GetProperty("limit").GetInt32(), ours.Body.GetProperty("line").GetInt32()));
        var json = await _api.PostAsync("/v1/batches", BatchCaller.Object("a", "b", "c", "d"));
        Assert.Equal((3, "$.items[3]"),
            (json.Body.GetProperty("limit").GetInt32(), json.Body.GetProperty("errors")[0].GetProperty("name").GetString()));
    }

    [Fact]
    public async Task The_providers_own_limit_is_told_in_the_same_way()
    {
        await using var host = new BatchHost(("Limits:BatchItems", "100000"));
        await host.InitializeAsync();
        var ids = Enumerable.Range(0, 50_001).Select(number => $"i{number}");
        var refused = await host.NewCaller().Api.PostLinesAsync(
            "/v1/batches", BatchCaller.Lines("""{"provider":"gpt","endpoint":"/v1/chat/completions"}""", ids));

        Assert.Equal(("422 too_many_items", 50_000, 50_002),
            (refused.Problem, refused.Body.GetProperty("limit").GetInt32(), refused.Body.GetProperty("line").GetInt32()));
    }

    private async Task<string> LinesAsync(string lines) => Told(await _api.PostLinesAsync("/v1/batches", lines));

    private async Task<string> ObjectAsync(string json) => Told(await _api.PostAsync("/v1/batches", json));

    private static string Told(Answer answer) => answer.Status == 202 ? "202" : answer.Problem;

    private static string Fill(string text, int bytes, char filler) => text.PadRight(bytes, filler);
}
