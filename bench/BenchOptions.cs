using System.Globalization;

namespace JobTracker.Bench;

/// <summary>The options behind a benchmark's name: <c>--key number</c> pairs.</summary>
internal sealed class BenchOptions(IReadOnlyDictionary<string, int> values)
{
    public int Get(string name, int otherwise) => values.GetValueOrDefault(name, otherwise);

    public static BenchOptions Parse(string[] args) => new(args.Chunk(2).ToDictionary(
        pair => pair[0].TrimStart('-'),
        pair => int.Parse(pair[1], CultureInfo.InvariantCulture),
        StringComparer.Ordinal));
}
