using System.Buffers;

namespace JobTracker.Organizations;

/// <summary>The id of an organization: what an admin chose, or what a token's issuer calls it.</summary>
public static class OrganizationId
{
    /// <summary>Where the development caller is, and the first admin.</summary>
    public const string Default = "org-default";

    /// <summary>Characters at most.</summary>
    public const int Longest = 64;

    private static readonly SearchValues<char> Characters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789_-");

    /// <summary><c>[a-z0-9][a-z0-9_-]{0,63}</c>.</summary>
    public static bool IsValid(string? text) => text is { Length: > 0 and <= Longest }
        && text[0] is not ('_' or '-')
        && !text.AsSpan().ContainsAnyExcept(Characters);

    /// <summary>What a token's issuer may call one: 1 to 128 visible characters of ASCII, no slash among them.</summary>
    public static bool IsTokens(string? text) => text is { Length: > 0 and <= 128 }
        && !text.AsSpan().ContainsAnyExceptInRange('!', '~')
        && !text.AsSpan().ContainsAny('/', '\\');
}
