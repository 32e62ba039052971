using JobTracker.Batches;
using JobTracker.Jobs;
using JobTracker.Keys;
using JobTracker.Operations;
using JobTracker.Tests.Integration.Gateway.Batches;
using JobTracker.Tests.Integration.Gateway.Keys;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Core.Internal;

namespace JobTracker.Tests.Integration.Gateway.Isolation;

/// <summary>A gateway with two organizations that have one of everything, each with its own keys.</summary>
public sealed class IsolationHost : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly BatchHost _host;
    private readonly Dictionary<string, ApiClient> _byScopes = [];

    public IsolationHost() => _host = new BatchHost(Reads.Watch, KeysGateway.Settings);

    internal StorageReads Reads { get; } = new();

    internal KeysGateway Keys { get; private set; } = null!;

    internal IReadOnlyList<Route> Routes { get; private set; } = [];

    /// <summary>Who has what others probe for, with every scope but admin.</summary>
    internal ApiClient Owner { get; private set; } = null!;

    /// <summary>Who probes, with every scope but admin.</summary>
    internal ApiClient Other { get; private set; } = null!;

    internal string OtherOrganization { get; private set; } = "";

    internal string OtherKey { get; private set; } = "";

    /// <summary>What the owner has.</summary>
    internal Named Foreign { get; private set; } = null!;

    private IGrainFactory Grains => _host.Gateway.Services.GetRequiredService<IGrainFactory>();

    public async ValueTask InitializeAsync()
    {
        await _host.InitializeAsync();
        Keys = new KeysGateway(_host.Gateway);
        Routes = RoutingTable.Of(_host.Gateway.Services);
        (var organization, var key, Owner) = await Keys.NewTenantAsync("user-owner");
        (OtherOrganization, OtherKey, Other) = await Keys.NewTenantAsync("user-other");
        Foreign = await FillAsync(Owner, organization, key, "user-owner");
        await FillAsync(Other, OtherOrganization, OtherKey, "user-other");
    }

    public ValueTask DisposeAsync() => _host.DisposeAsync();

    /// <summary>Somebody of the other organization with these scopes alone.</summary>
    internal async Task<ApiClient> WithAsync(params IEnumerable<string> scopes)
    {
        string[] held = [.. scopes];
        var name = string.Join(' ', held);
        if (!_byScopes.TryGetValue(name, out var api))
            _byScopes[name] = api = _host.Gateway.Holder((await Keys.NewKeyAsync(OtherOrganization, "user-other", held)).Text);
        return api;
    }

    /// <summary>A key of the other organization that was made long ago, and has expired.</summary>
    internal async Task<string> ExpiredKeyAsync()
    {
        var key = ApiKey.New();
        await Grains.GetGrain<IApiKeyGrain>(key.Id.ToString()).CreateAsync(new CreateKey(
            OtherOrganization, "user-other", "old", [Scopes.JobsRead], TimeProvider.System.GetUtcNow()
                .AddHours(-1), key.Hash(), "user-other"));
        return key.Text;
    }

    /// <summary>
    /// None of these is in memory any more. What is there is counted by the silo: a directory's cache goes on naming what has left, and a
    /// call to that would bring it back.
    /// </summary>
    internal async Task ForgetAsync(Named ids)
    {
        var management = Grains.GetGrain<IManagementGrain>(0);
        IAddressable[] grains =
        [
            Grains.GetGrain<IJobGrain>(ids.Of("job")), Grains.GetGrain<IBatchGrain>(ids.Of("batch")),
            Grains.GetGrain<IOperationGrain>(ids.Of("operation")),
            Grains.GetGrain<IApiKeyGrain>(ids.Of("key")),
        ];
        var asked = new HashSet<GrainId>();
        var began = TimeProvider.System.GetTimestamp();
        while (true)
        {
            var there = (await management.GetDetailedGrainStatistics()).Select(statistic => statistic.GrainId).ToHashSet();
            var left = grains.Where(grain => there.Contains(grain.GetGrainId())).ToArray();
            if (left.Length == 0)
                return;
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Patience, $"{left[0]} stays in memory");
            foreach (var grain in left.Where(grain => asked.Add(grain.GetGrainId())))
                await grain.AsReference<IGrainManagementExtension>().DeactivateOnIdle();
        }
    }

    /// <summary>What is read to check a credential of this host, and by what works at moments of its own.</summary>
    internal bool IsOfTheHost(string read) =>
        read.Contains(OtherKey, StringComparison.Ordinal) || read.Contains($"organization_{OtherOrganization}", StringComparison.Ordinal)
        || read.Contains("batchpoller/", StringComparison.Ordinal);

    /// <summary>A job with a child, a batch that is done, and with the key the events of its making.</summary>
    private async Task<Named> FillAsync(ApiClient api, string organization, string key, string user)
    {
        var job = await api.CreateAsync("""{"metadata":{"source_id":"shared"}}""");
        await api.CreateAsync($$"""{"parent_id":"{{job}}"}""");
        var caller = new BatchCaller(api, _host.StandIn);
        var (batch, atProvider) = await caller.RunningAsync("a");
        atProvider.End();
        await caller.DoneAsync(batch);
        var operation = await api.PostAsync("/v1/operations", $$"""{"action":"redeliver","job_ids":["{{job}}"]}""");
        var id = operation.Text("id");
        (await api.GetAsync($"/v1/operations/{id}?wait=30&until=terminal")).Ok();
        return new Named(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["organization"] = organization,
            ["user"] = user,
            ["key"] = key,
            ["job"] = job,
            ["batch"] = batch.Text("id"),
            ["operation"] = id,
            ["provider batch"] = batch.Text("provider_batch_id"),
            ["audit"] = (await api.GetAsync("/v1/audit-events?limit=1")).Ok().Ids.Single(),
        });
    }
}
