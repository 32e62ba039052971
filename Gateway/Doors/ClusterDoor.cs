using JobTracker.Gateway.Calls;
using JobTracker.Keys;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;
using JobTracker.Silos;

namespace JobTracker.Gateway.Doors;

/// <summary>The cluster for the pages.</summary>
internal sealed class ClusterDoor(GrainCalls calls, IEnumerable<IDashboardPlace> dashboards) : IClusterDoor
{
    public string? DashboardPath { get; } = dashboards.Select(dashboard => dashboard.Path).FirstOrDefault(path => path is not null);

    public Task<ClusterReport> ReportAsync(PageCaller who) => DoorCalls.ReadAsync(
        who, Scopes.Admin, () => calls.Reports.ReadAsync(cluster => cluster.ReportAsync()));
}
