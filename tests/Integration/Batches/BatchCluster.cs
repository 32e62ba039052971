using System.Collections.Immutable;
using System.Text;
using JobTracker.Batches;
using JobTracker.Callers;
using JobTracker.Grains;
using JobTracker.Grains.Batches.Options;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Jobs;
using JobTracker.Tests.Integration.Support;
using JobTracker.Tests.StandIn;
using JobTracker.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace JobTracker.Tests.Integration.Batches;

/// <summary>
/// A cluster whose accounts are at a stand-in. Both tell the time by one clock, which moves a batch on as far as a test wants.
/// </summary>
internal sealed class BatchCluster : IAsyncDisposable
{
    public const string Anthropic = "claude";
    public const string OpenAi = "gpt";
    private const int MostSteps = 200;

    private BatchCluster(JobCluster jobs, ProviderStandIn standIn, AdvanceableClock clock) =>
        (Jobs, StandIn, Clock) = (jobs, standIn, clock);

    public JobCluster Jobs { get; }
    public ProviderStandIn StandIn { get; }
    public AdvanceableClock Clock { get; }
    public IBatchStore Store => Jobs.Database.Batches;
    public IBatchCatalogGrain Catalog => Jobs.Client.GetGrain<IBatchCatalogGrain>(0);
    public Caller Alice { get; } = new(JobRows.NewOrganization(), "alice");

    public static async Task<BatchCluster> StartAsync(
        bool onPostgres = false, StandInOptions? standInOptions = null, Action<ISiloBuilder>? configure = null,
        params (string Key, string Value)[] settings)
    {
        // Ids never go back in a process, so a clock that ran ahead of the other
        // tests' would make theirs come from the future. This one stays behind.
        var clock = new AdvanceableClock(TimeSpan.FromDays(-100));
        var standIn = await ProviderStandIn.StartAsync(clock, standInOptions);
        var configuration = Configuration(standIn, settings);
        void Configure(ISiloBuilder silo)
        {
            silo.Services.AddSingleton<TimeProvider>(clock);
            silo.AddBatchRules(configuration);
            silo.Services.RemoveAll<IValidateOptions<JobLimits>>();
            silo.Services.Configure<JobLimits>(limits => limits.ClockSkew = TimeSpan.FromDays(200));
            silo.Services.Configure<BatchOptions>(configuration.GetSection("Batches"));
            configure?.Invoke(silo);
        }
        var jobs = onPostgres ? await JobCluster.OnPostgresAsync(configure: Configure) : await JobCluster.OnSqliteAsync(Configure);
        return new BatchCluster(jobs, standIn, clock);
    }

    public IBatchGrain Batch(BatchId id) => Jobs.Client.GetGrain<IBatchGrain>(id.ToString());

    public IBatchGrain NewBatch() => Batch(BatchId.New(Clock));

    public async Task<BatchSnapshot> SubmitAsync(string provider, params string[] customIds) =>
        await SubmitAsync(provider, [.. customIds.Select(id => Item(id))]);

    /// <param name="caller">Whose it is; null: Alice's.</param>
    public async Task<BatchSnapshot> SubmitAsync(
        string provider, IReadOnlyList<NewItem> items, SubmitBatch? submit = null, Caller? caller = null)
    {
        var (grain, whose) = (NewBatch(), caller ?? Alice);
        Accepted(await grain.BeginAsync(whose, Begin(provider)));
        foreach (var chunk in items.Chunk(ItemChunk.MaxItems).Select((some, place) => new ItemChunk(place * ItemChunk.MaxItems, [.. some])))
            Accepted(await grain.AddItemsAsync(whose, chunk));
        return Accepted(await grain.SubmitAsync(whose, submit ?? new SubmitBatch { ItemCount = items.Count }));
    }

    public static BeginBatch Begin(string provider) =>
        new() { Provider = provider, Endpoint = provider == OpenAi ? "/v1/chat/completions" : null };

    public static NewItem Item(string customId, JobId? jobId = null) => new()
    {
        CustomId = customId,
        Params = Encoding.UTF8.GetBytes($$"""{"model":"m","max_tokens":10,"messages":[{"role":"user","content":"{{customId}}"}]}"""),
        JobId = jobId,
    };

    /// <summary>Does what is due now, and what is due at once behind it.</summary>
    public async Task<BatchSnapshot> WakeAsync(BatchId id)
    {
        while (await Batch(id).WakeAsync() is BatchWake.Working)
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
        return (await Batch(id).GetAsync(Alice))!;
    }

    /// <summary>Lets time pass up to the batch's next waking, again and again, until it is as it should be.</summary>
    public async Task<BatchSnapshot> UntilAsync(BatchId id, Func<BatchSnapshot, bool> isAsItShould)
    {
        var batch = await WakeAsync(id);
        for (var step = 0; step < MostSteps; step++)
        {
            if (isAsItShould(batch))
                return batch;
            var wait = (batch.NextPollAt ?? throw new InvalidOperationException($"Nothing is due any more: {batch}")) - Clock.GetUtcNow();
            if (wait > TimeSpan.Zero)
                Clock.Advance(wait + TimeSpan.FromMilliseconds(1));
            batch = await WakeAsync(id);
        }
        throw new InvalidOperationException($"After {MostSteps} wakings the batch is {batch}");
    }

    public Task<BatchSnapshot> UntilDoneAsync(BatchId id) => UntilAsync(id, batch => batch.Phase is BatchPhase.Done);

    public Task<BatchSnapshot> UntilPollingAsync(BatchId id) =>
        UntilAsync(id, batch => batch is { Phase: BatchPhase.Polling, ProviderBatchId: not null });

    public async Task<JobSnapshot> JobAsync(BatchSnapshot batch) => (await Jobs.Job(batch.JobId).GetAsync(Alice))!;

    public async Task<string> ResultsAsync(BatchId id)
    {
        var text = new StringBuilder();
        string? next = null;
        do
        {
            var chunk = await Batch(id).ReadResultsAsync(Alice, next, 64 << 10);
            text.Append(Encoding.UTF8.GetString(chunk!.Lines));
            next = chunk.Next;
        }
        while (next is not null);
        return text.ToString();
    }

    public async Task<ImmutableArray<ItemSnapshot>> ItemsAsync(BatchId id) =>
        (await Batch(id).ListItemsAsync(Alice, new ItemQuery { Limit = 1000 }))!.Items;

    public static BatchSnapshot Accepted(BatchOutcome outcome) => Assert.IsType<BatchOutcome.Accepted>(outcome).Batch;

    public static T Refused<T>(BatchOutcome outcome)
        where T : BatchRefusal => Assert.IsType<T>(Assert.IsType<BatchOutcome.Refused>(outcome).Reason);

    public async ValueTask DisposeAsync()
    {
        await Jobs.DisposeAsync();
        await StandIn.DisposeAsync();
    }

    private static IConfiguration Configuration(ProviderStandIn standIn, (string Key, string Value)[] settings)
    {
        Dictionary<string, string?> values = new(StringComparer.OrdinalIgnoreCase);
        Account(Anthropic, "anthropic", standIn.BaseUrl);
        Account(OpenAi, "openai", standIn.OpenAiUrl);
        foreach (var (key, value) in settings)
            values[key] = value;
        return new ConfigurationBuilder().AddInMemoryCollection(values).Build();

        void Account(string name, string dialect, Uri url)
        {
            values[$"Batches:Providers:{name}:Dialect"] = dialect;
            values[$"Batches:Providers:{name}:BaseUrl"] = url.AbsoluteUri;
            values[$"Batches:Providers:{name}:ApiKey"] = $"sk-secret-of-{name}";
            values[$"Batches:Providers:{name}:CircuitMinimumCalls"] = "1000";
            values[$"Batches:Providers:{name}:AnswerTimeout"] = "00:00:01";
            values[$"Batches:Providers:{name}:CreateTimeout"] = "00:00:02";
            values[$"Batches:Providers:{name}:ReadIdleTimeout"] = "00:00:01";
        }
    }
}
