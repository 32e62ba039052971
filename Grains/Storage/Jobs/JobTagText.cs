using System.Collections.Immutable;

namespace JobTracker.Grains.Storage.Jobs;

/// <summary>
/// The column tags: a job's tags, each behind the other, with a space between them, which none has. They are looked up here where another
/// index leads the way, and in job_tags where one of them does.
/// </summary>
internal static class JobTagText
{
    private const char Between = ' ';

    /// <summary>Null: it has none.</summary>
    public static string? Of(ImmutableArray<string> tags) => tags.IsDefaultOrEmpty ? null : string.Join(Between, tags);

    public static ImmutableArray<string> Read(string? text) => text is null ? [] : [.. text.Split(Between)];
}
