using System.ComponentModel.DataAnnotations;
using System.Net;

namespace JobTracker.Gateway.Proxies;

/// <summary>Whose word about a request's origin is taken. Section <c>Proxies</c>.</summary>
public sealed class ProxyOptions : IValidatableObject
{
    public const string Section = "Proxies";

    /// <summary>
    /// Networks (CIDRs) of the proxies before this gateway. From them alone <c>X-Forwarded-For</c> and <c>X-Forwarded-Proto</c> count;
    /// none, the default: from nobody.
    /// </summary>
    public IList<string> Known { get; } = [];

    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext)
    {
        foreach (var (index, network) in Known.Index())
        {
            if (!IPNetwork.TryParse(network, out _))
                yield return new ValidationResult(
                    $"is '{network}', which is not a network such as 10.0.0.0/8, 192.0.2.7/32 or fd00::/8.", [$"{nameof(Known)}:{index}"]);
        }
    }
}
