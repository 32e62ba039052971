using System.Buffers;
using System.Collections.Immutable;
using System.Globalization;

namespace JobTracker.Jobs.Tags;

/// <summary>The spelling of tags. It leaves out white space and the comma, which part them where they are written together.</summary>
internal static class JobTags
{
    /// <summary>What a tag is made of, as a pattern says it.</summary>
    public const string Characters = "[A-Za-z0-9_.:/@-]";

    private static readonly SearchValues<char> Known =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_.:/@-");

    /// <summary>What is wrong with a tag; null: nothing.</summary>
    public static string? Problem(string? tag, int longest) =>
        tag is { Length: > 0 } && tag.Length <= longest && !tag.AsSpan().ContainsAnyExcept(Known)
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"must have 1 to {longest} characters of {Characters}");

    /// <summary>What is wrong with those of a job.</summary>
    public static string? Problem(ImmutableArray<string>? tags, JobLimits limits) => tags switch
    {
        null or { IsDefault: true } => null,
        { Length: var count } when count > limits.Tags =>
            string.Create(CultureInfo.InvariantCulture, $"must not have more than {limits.Tags} tags"),
        { } some when some.Select(tag => Problem(tag, limits.TagLength)).FirstOrDefault(problem => problem is not null) is { } problem =>
            $"has a tag that is none: each {problem}",
        { } some when some.Distinct(StringComparer.Ordinal).Count() != some.Length => "names a tag twice",
        _ => null,
    };
}
