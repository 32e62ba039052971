namespace JobTracker.Silos;

/// <summary>How the cluster is doing, for engineers. A stateless worker: use key 0.</summary>
[Alias("jobtracker.IClusterReportGrain")]
public interface IClusterReportGrain : IGrainWithIntegerKey
{
    /// <summary>Asks every silo, without the database; one that does not answer within 2 s is said not to.</summary>
    [Alias("Report")]
    Task<ClusterReport> ReportAsync();
}
