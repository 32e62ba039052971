using System.Collections.Concurrent;
using Microsoft.Extensions.Options;

namespace JobTracker.Gateway.Jobs.Watching;

/// <summary>Counts the open event streams of each organization, so that one cannot take them all.</summary>
internal sealed class EventStreams(IOptions<GatewayLimits> limits)
{
    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);

    /// <summary>False where the organization has as many open as it may have; true must be followed by one <see cref="Close"/>.</summary>
    public bool TryOpen(string organization)
    {
        if (_open.AddOrUpdate(organization, 1, (_, count) => count + 1) <= limits.Value.StreamsPerOrganization)
            return true;
        Close(organization);
        return false;
    }

    public void Close(string organization)
    {
        if (_open.AddOrUpdate(organization, 0, (_, count) => count - 1) == 0)
            _open.TryRemove(new KeyValuePair<string, int>(organization, 0));
    }
}
