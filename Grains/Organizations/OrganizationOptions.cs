using JobTracker.Configuration;

namespace JobTracker.Grains.Organizations;

/// <summary>How many organizations there may be, and keys of one. Section <c>Limits</c>.</summary>
internal sealed class OrganizationOptions
{
    /// <summary>Organizations; each is some 70 bytes of a list that is written as a whole when one more is made.</summary>
    [Within(1, 100_000)]
    public int Organizations { get; set; } = 10_000;

    /// <summary>Keys of one organization, those that ended less than 90 days ago included.</summary>
    [Within(1, 10_000)]
    public int Keys { get; set; } = 1_000;
}
