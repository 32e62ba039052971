using JobTracker.Gateway.Doors;
using JobTracker.Silo.Clustering;
using Microsoft.Extensions.Options;

namespace JobTracker.Silo.Dashboard;

/// <inheritdoc cref="IDashboardPlace"/>
internal sealed class DashboardPlace(IOptions<ClusterSettings> cluster) : IDashboardPlace
{
    public string? Path => cluster.Value.Dashboard ? OrleansPages.Path : null;
}
