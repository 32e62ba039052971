namespace JobTracker.Organizations;

/// <summary>The key of an organization's grain.</summary>
public static class OrganizationKey
{
    private const string Prefix = "organization_";
    private const string EscapedPrefix = "organization-escaped_";

    /// <summary>
    /// The prefix keeps an id such as <c>abc</c> from being read as a hexadecimal number by the grain storage, which would fold two
    /// organizations into one. It also takes braces in a key for places of a format and stores nothing then: they are escaped.
    /// </summary>
    public static string Of(string organizationId) =>
        organizationId.AsSpan().ContainsAny('{', '}') ? EscapedPrefix + Escape(organizationId) : Prefix + organizationId;

    /// <summary>The id in a key that <see cref="Of"/> made.</summary>
    public static string Read(string key) =>
        key.StartsWith(EscapedPrefix, StringComparison.Ordinal) ? Unescape(key[EscapedPrefix.Length..]) : key[Prefix.Length..];

    private static string Escape(string id) => id
        .Replace("%", "%25", StringComparison.Ordinal)
        .Replace("{", "%7B", StringComparison.Ordinal)
        .Replace("}", "%7D", StringComparison.Ordinal);

    private static string Unescape(string text) => text
        .Replace("%7B", "{", StringComparison.Ordinal)
        .Replace("%7D", "}", StringComparison.Ordinal)
        .Replace("%25", "%", StringComparison.Ordinal);
}
