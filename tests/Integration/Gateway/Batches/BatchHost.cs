using JobTracker.Tests.StandIn;
using JobTracker.Tests.StandIn.Batches;
using Microsoft.Extensions.DependencyInjection;

namespace JobTracker.Tests.Integration.Gateway.Batches;

/// <summary>A gateway and silo whose accounts are at a stand-in: its batches stay in progress until a test ends them.</summary>
public sealed class BatchHost : IAsyncLifetime
{
    public const string Anthropic = "claude";
    public const string OpenAi = "gpt";

    private readonly Action<IServiceCollection> _change;
    private readonly (string Key, string Value)[] _settings;

    public BatchHost()
        : this([])
    {
    }

    internal BatchHost(params (string Key, string Value)[] settings)
        : this(_ => { }, settings)
    {
    }

    internal BatchHost(Action<IServiceCollection> change, params (string Key, string Value)[] settings) =>
        (_change, _settings) = (change, settings);

    internal ProviderStandIn StandIn { get; private set; } = null!;

    internal GatewayHost Gateway { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        StandIn = await ProviderStandIn.StartAsync();
        Gateway = new GatewayHost(
            _change,
            [.. Account(Anthropic, "anthropic", StandIn.BaseUrl), .. Account(OpenAi, "openai", StandIn.OpenAiUrl), .. Pace, .. _settings]);
        await Gateway.InitializeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Gateway.DisposeAsync();
        await StandIn.DisposeAsync();
    }

    /// <summary>A caller of an organization of its own, with what batches need.</summary>
    internal BatchCaller NewCaller() => new(Gateway.NewCaller(), StandIn);

    private static IEnumerable<(string Key, string Value)> Account(string name, string dialect, Uri url) =>
    [
        ($"Batches:Providers:{name}:Dialect", dialect),
        ($"Batches:Providers:{name}:BaseUrl", url.AbsoluteUri),
        ($"Batches:Providers:{name}:ApiKey", $"sk-secret-of-{name}"),
    ];

    private static (string Key, string Value)[] Pace =>
    [
        ("Batches:PollFirst", "00:00:00.050"), ("Batches:PollMin", "00:00:00.100"), ("Batches:PollMax", "00:00:00.200"),
        ("Batches:PollBriefMin", "00:00:00.050"), ("Batches:PollBriefMax", "00:00:00.100"), ("Batches:PollerInterval", "00:00:00.050"),
        ("Batches:NudgeInterval", "00:00:00.200"),
        ("Batches:PassPause", "00:00:00.050"), ("Batches:PassPauseMax", "00:00:00.100"), ("Batches:PassesFor", "00:00:00.500"),
    ];
}

/// <summary>One caller of batches.</summary>
internal sealed class BatchCaller(ApiClient api, ProviderStandIn standIn)
{
    private const int MostLooks = 1_000;
    private const int MostWaits = 5;

    public ApiClient Api => api;

    public static string Items(params string[] customIds) => string.Join(',', customIds.Select(Item));

    public static string Item(string customId) =>
        $$"""{"custom_id":"{{customId}}","params":{"model":"m","max_tokens":10,"messages":[{"role":"user","content":"Hello"}]} }""";

    public static string Lines(string head, params IEnumerable<string> customIds) =>
        head + "\n" + string.Join('\n', customIds.Select(Item)) + "\n";

    public static string Object(params string[] customIds) => $$"""{"provider":"claude","items":[{{Items(customIds)}}]}""";

    /// <summary>A batch that is in progress at the provider.</summary>
    public async Task<(Answer Batch, ProviderBatch AtProvider)> RunningAsync(params string[] customIds)
    {
        var made = Accepted(await api.PostAsync("/v1/batches", Object(customIds)));
        return await RunningAsync(made);
    }

    /// <summary>Its job starts when the provider has it.</summary>
    public async Task<(Answer Batch, ProviderBatch AtProvider)> RunningAsync(Answer made)
    {
        var job = (await api.GetAsync($"/v1/jobs/{made.Text("job_id")}")).Ok();
        for (var waits = 0; job.Text("status") == "pending" && waits < MostWaits; waits++)
            job = (await api.GetAsync($"/v1/jobs/{made.Text("job_id")}?wait=30&after_version={job.Body.GetProperty("version").GetInt64()}"))
                .Ok();
        Assert.Equal("running", job.Text("status"));
        var batch = (await api.GetAsync($"/v1/batches/{made.Text("id")}")).Ok();
        return (batch, standIn.Batches[batch.Text("provider_batch_id")]);
    }

    /// <summary>The batch, once its job has ended.</summary>
    public async Task<Answer> EndedAsync(Answer batch)
    {
        var now = (await api.GetAsync($"/v1/batches/{batch.Text("id")}")).Ok();
        var job = (await api.GetAsync($"/v1/jobs/{now.Text("job_id")}?wait=60&until=terminal")).Ok();
        Assert.Contains(job.Text("status"), (string[])["completed", "failed", "cancelled", "expired"]);
        return (await api.GetAsync($"/v1/batches/{batch.Text("id")}")).Ok();
    }

    /// <summary>The batch, once everything that follows its end is done; nothing tells of that but the batch itself.</summary>
    public async Task<Answer> DoneAsync(Answer batch)
    {
        var now = await EndedAsync(batch);
        for (var looks = 0; now.Text("phase") != "done"; looks++)
        {
            Assert.True(looks < MostLooks, now.ToString());
            now = (await api.PostAsync($"/v1/batches/{batch.Text("id")}/refresh", null)).Ok();
        }
        return now;
    }

    public static Answer Accepted(Answer answer)
    {
        Assert.True(answer.Status == 202, answer.ToString());
        return answer;
    }
}
