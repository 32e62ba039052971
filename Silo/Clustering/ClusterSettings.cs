using System.ComponentModel.DataAnnotations;
using System.Net;
using JobTracker.Configuration;
using Secret = JobTracker.Cluster.ClientSecret;

namespace JobTracker.Silo.Clustering;

/// <summary>Who this silo is in its cluster. Section <c>Cluster</c>.</summary>
internal sealed class ClusterSettings : IValidatableObject
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

    /// <summary>What Orleans clients must give to be served, 1 to 1,024 characters; null: they are not asked. Never printed.</summary>
    [StringLength(Secret.MostCharacters, MinimumLength = 1, ErrorMessage = Secret.WrongLength)]
    public string? ClientSecret { get; set; }

    /// <summary>
    /// How many grains a silo remembers the place of, 330 bytes each: those called last. Orleans does not forget those that have gone, and
    /// would keep a million of them; a grain that is not among them is looked up when it is called.
    /// </summary>
    [Within(1_000, 1_000_000)]
    public int RememberedPlaces { get; set; } = 50_000;

    /// <summary>For how long a silo's storage may fail, while another silo's works, before the silo leaves to be started anew.</summary>
    [Within("00:00:03", "01:00:00")]
    public TimeSpan LeaveAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Orleans' own dashboard at <c>/orleans</c>, for admins; where the process serves the API.</summary>
    public bool Dashboard { get; set; }

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        if (SiloPort == GatewayPort)
            yield return new ValidationResult($"is {GatewayPort}, and so is {Section}:{nameof(SiloPort)}.", [nameof(GatewayPort)]);
        if (AdvertisedAddress is { } text && (!IPAddress.TryParse(text, out var address) || IsNobodys(address)))
            yield return new ValidationResult($": '{text}' is no IP address that others could dial.", [nameof(AdvertisedAddress)]);
    }

    private static bool IsNobodys(IPAddress address) => address.Equals(IPAddress.Any) || address.Equals(IPAddress.IPv6Any);
}
