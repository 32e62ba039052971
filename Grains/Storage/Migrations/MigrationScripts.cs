using System.Reflection;
using DbUp.Engine;

namespace JobTracker.Grains.Storage.Migrations;

/// <summary>The scripts that this assembly carries, in order; their journal name is the file's name.</summary>
internal static class MigrationScripts
{
    public static IReadOnlyList<SqlScript> PostgreSql { get; } = Embedded("Migrations.PostgreSql.");

    public static IReadOnlyList<SqlScript> Sqlite { get; } = Embedded("Migrations.Sqlite.");

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
