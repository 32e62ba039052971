using System.Collections.Frozen;

namespace JobTracker.Grains.Storage.Sql;

/// <summary>The named queries of one embedded .sql file. <c>{name}</c> in a query stands for another one of the file.</summary>
internal sealed class SqlFile
{
    private const string NameMark = "-- name: ";
    private readonly FrozenDictionary<string, string> _queries;

    private SqlFile(FrozenDictionary<string, string> queries) => _queries = queries;

    public IEnumerable<string> Names => _queries.Keys;

    /// <exception cref="KeyNotFoundException">The file has no such query.</exception>
    public string this[string name] => _queries[name];

    /// <param name="resource">The folder and file below Storage, joined by a dot.</param>
    /// <param name="places">What else stands for a name in braces.</param>
    public static SqlFile Load(string resource, Dictionary<string, string>? places = null)
    {
        using var stream = typeof(SqlFile).Assembly.GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The assembly has no embedded file {resource}.");
        using var reader = new StreamReader(stream);
        var parts = reader.ReadToEnd().ReplaceLineEndings("\n").Split(NameMark, StringSplitOptions.RemoveEmptyEntries);
        var queries = parts.Select(Query).ToDictionary(query => query.Name, query => query.Text, StringComparer.Ordinal);
        KeyValuePair<string, string>[] texts = [.. queries, .. places ?? []];
        return new SqlFile(queries.ToFrozenDictionary(query => query.Key, query => Expand(query.Value, texts), StringComparer.Ordinal));
    }

    private static (string Name, string Text) Query(string part)
    {
        var lines = part.Split('\n');
        var text = string.Join('\n', lines.Skip(1).Where(line => !line.TrimStart().StartsWith("--", StringComparison.Ordinal)));
        return (lines[0].Trim(), text.Trim());
    }

    private static string Expand(string text, KeyValuePair<string, string>[] queries) =>
        queries.Aggregate(text, (expanded, query) => expanded.Replace($"{{{query.Key}}}", query.Value, StringComparison.Ordinal));
}
