using System.Reflection;
using DbUp.Engine;

namespace JobTracker.Grains.Storage.Migrations;

/// <summary>The scripts that this assembly carries, in order; their journal name is the file's name.</summary>
internal static class MigrationScripts
{
    private const string OfPostgreSql = "Migrations.PostgreSql.";
    private const string Concurrently = "Concurrently.";

    /// <summary>A script below Concurrently goes before one of its name that keeps writers out.</summary>
    public static IReadOnlyList<SqlScript> PostgreSql { get; } =
    [
        .. Embedded(OfPostgreSql + Concurrently).Select(script => new ConcurrentScript(script.Name, script.Contents))
            .Concat<SqlScript>(Transactional)
            .DistinctBy(script => script.Name)
            .OrderBy(script => script.Name, StringComparer.Ordinal),
    ];

    public static IReadOnlyList<SqlScript> Sqlite { get; } = Embedded("Migrations.Sqlite.");

    /// <summary>The scripts as they stand beside each other, each for a transaction of its own.</summary>
    internal static IReadOnlyList<SqlScript> Transactional =>
        [.. Embedded(OfPostgreSql).Where(script => !script.Name.StartsWith(Concurrently, StringComparison.Ordinal))];

    private static List<SqlScript> Embedded(string prefix)
    {
        var assembly = typeof(MigrationScripts).Assembly;
        return
        [
            .. assembly.GetManifestResourceNames()
                .Where(name => name.StartsWith(prefix, StringComparison.Ordinal))
                .Order(StringComparer.Ordinal)
                .Select(name => new SqlScript(name[prefix.Length..], Text(assembly, name))),
        ];
    }

    private static string Text(Assembly assembly, string name)
    {
        using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
