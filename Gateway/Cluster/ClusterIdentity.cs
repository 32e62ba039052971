using System.ComponentModel.DataAnnotations;
using Secret = JobTracker.Cluster.ClientSecret;

namespace JobTracker.Gateway.Cluster;

/// <summary>Which cluster a gateway alone serves, and its secret. Section <c>Cluster</c>, as the silos have it.</summary>
internal sealed class ClusterIdentity
{
    public const string Section = "Cluster";

    [Required, StringLength(128, MinimumLength = 1)]
    public string ClusterId { get; set; } = "jobtracker";

    [Required, StringLength(128, MinimumLength = 1)]
    public string ServiceId { get; set; } = "jobtracker";

    /// <summary>The silos' own, 1 to 1,024 characters; null: they ask for none. Never printed.</summary>
    [StringLength(Secret.MostCharacters, MinimumLength = 1, ErrorMessage = Secret.WrongLength)]
    public string? ClientSecret { get; set; }
}
