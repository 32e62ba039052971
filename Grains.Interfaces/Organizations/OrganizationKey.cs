namespace JobTracker.Organizations;

/// <summary>The key of an organization's grain.</summary>
public static class OrganizationKey
{
    /// <summary>
    /// The prefix keeps an id such as <c>abc</c> from being read as a hexadecimal
    /// number by the grain storage, which would fold two organizations into one.
    /// </summary>
    public static string Of(string organizationId) => $"organization_{organizationId}";
}
