using System.ComponentModel.DataAnnotations;
using JobTracker.Configuration;

namespace JobTracker.Silo.Clustering;

/// <summary>Who this silo is in its cluster. Section <c>Cluster</c>.</summary>
internal sealed class ClusterSettings
{
    public const string Section = "Cluster";

    /// <summary>Silos with one id find each other.</summary>
    [Required, StringLength(128, MinimumLength = 1)]
    public string ClusterId { get; set; } = "jobtracker";

    /// <summary>Part of the key of all that grains store: never change it on a database in use.</summary>
    [Required, StringLength(128, MinimumLength = 1)]
    public string ServiceId { get; set; } = "jobtracker";

    /// <summary>Where other silos reach this one.</summary>
    [Within(1, 65535)]
    public int SiloPort { get; set; } = 11111;

    /// <summary>Where Orleans clients reach this silo.</summary>
    [Within(1, 65535)]
    public int GatewayPort { get; set; } = 30000;

    /// <summary>The address that others dial: loopback without PostgreSQL, else the host's own unless set.</summary>
    public string? AdvertisedAddress { get; set; }
}
