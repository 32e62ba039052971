using JobTracker.Pages.Callers;
using JobTracker.Silos;

namespace JobTracker.Pages.Doors;

/// <summary>How the cluster is doing, for admins.</summary>
public interface IClusterDoor
{
    /// <summary>Where Orleans' own dashboard is at this address; null: nowhere.</summary>
    string? DashboardPath { get; }

    /// <summary>What every silo says now.</summary>
    /// <exception cref="PageFaultException">There is no answer, or the scope is missing.</exception>
    Task<ClusterReport> ReportAsync(PageCaller who);
}
