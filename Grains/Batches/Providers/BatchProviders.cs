using System.Diagnostics.CodeAnalysis;

namespace JobTracker.Grains.Batches.Providers;

/// <summary>All configured accounts by name. Names are compared without case, as configuration keys are.</summary>
internal sealed class BatchProviders
{
    private readonly Dictionary<string, IBatchProvider> _accounts;

    public BatchProviders(IEnumerable<IBatchProvider> accounts) =>
        _accounts = accounts.ToDictionary(account => account.Name, StringComparer.OrdinalIgnoreCase);

    public IReadOnlyCollection<string> Names => _accounts.Keys;

    public bool TryFind(string name, [NotNullWhen(true)] out IBatchProvider? provider) => _accounts.TryGetValue(name, out provider);
}
