using System.Globalization;
using System.Text.Json;

namespace JobTracker.Batches.Jsonl;

/// <summary>What a parser says of one line, in words for whoever sent it.</summary>
internal static class BrokenJson
{
    /// <summary>
    /// What is wrong and at which byte, from 1. The parser's own line number is
    /// left out: it counts within what it was given, which is one line of many.
    /// </summary>
    public static string Describe(JsonException broken)
    {
        var what = broken.Message.Split(" LineNumber:", 2)[0].Split(" Path:", 2)[0].TrimEnd('.');
        return broken is { LineNumber: 0, BytePositionInLine: { } place }
            ? string.Create(CultureInfo.InvariantCulture, $"{what} (at byte {place + 1})")
            : what;
    }
}
