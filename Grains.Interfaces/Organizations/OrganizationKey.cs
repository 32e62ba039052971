namespace JobTracker.Organizations;

/// <summary>The key of an organization's grain.</summary>
public static class OrganizationKey
{
    private const string Prefix = "organization_";

    /// <summary>
    /// The prefix keeps an id such as <c>abc</c> from being read as a hexadecimal
    /// number by the grain storage, which would fold two organizations into one.
    /// </summary>
    public static string Of(string organizationId) => Prefix + organizationId;

    /// <summary>The id in a key that <see cref="Of"/> made.</summary>
    public static string Read(string key) => key[Prefix.Length..];
}
