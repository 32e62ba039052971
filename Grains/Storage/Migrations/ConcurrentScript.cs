using System.Text.RegularExpressions;
using DbUp.Engine;

namespace JobTracker.Grains.Storage.Migrations;

/// <summary>
/// A script that keeps nobody out, because it builds indexes on tables that may be large: its statements run one by one, outside a
/// transaction, and each may be repeated.
/// </summary>
internal sealed partial class ConcurrentScript(string name, string text) : SqlScript(name, text)
{
    /// <summary>A statement ends with a semicolon at the end of its line.</summary>
    public IReadOnlyList<string> Statements { get; } =
        [.. text.ReplaceLineEndings("\n").Split(";\n", StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    /// <summary>The names of the indexes that it builds.</summary>
    public IReadOnlyList<string> Indexes { get; } = [.. Build().Matches(text).Select(build => build.Groups["index"].Value)];

    [GeneratedRegex(
        @"create (?:unique )?index concurrently if not exists (?<index>\w+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Build();
}
