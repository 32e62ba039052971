using JobTracker.Client;
using JobTracker.Client.Operations;
using JobTracker.Organizations;

namespace JobTracker.Silo.Demo;

/// <summary>Those on whose behalf it all happens: each has a client of the service of his own.</summary>
internal sealed class People(IGrainFactory grains, TimeProvider clock) : IDisposable
{
    public static readonly string[] Users = ["mira", "jonas", "priya", "shop-backend"];

    private static readonly string[] Workers = ["worker-1", "worker-2", "worker-3"];

    private readonly Dictionary<string, ServiceProvider> _clients =
        Users.Concat(Workers).ToDictionary(name => name, name => ClientOf(name, grains, clock), StringComparer.Ordinal);

    /// <summary>The jobs as this user sees them.</summary>
    public IJobTracker Jobs(string user) => _clients[user].GetRequiredService<IJobTracker>();

    public IBatchTracker Batches(string user) => _clients[user].GetRequiredService<IBatchTracker>();

    public IOperationTracker Operations(string user) => _clients[user].GetRequiredService<IOperationTracker>();

    /// <summary>Whoever of the workers is free.</summary>
    public IJobTracker Worker(Random random) => Jobs(random.OneOf(Workers));

    public void Dispose()
    {
        foreach (var client in _clients.Values)
            client.Dispose();
    }

    private static ServiceProvider ClientOf(string name, IGrainFactory grains, TimeProvider clock) => new ServiceCollection()
        .AddSingleton(clock)
        .AddSingleton(grains)
        .AddJobTrackerClient(options => (options.OrganizationId, options.UserId) = (OrganizationId.Default, name))
        .BuildServiceProvider();
}
