using System.Text.RegularExpressions;
using JobTracker.Tests.Support;

namespace JobTracker.Tests.Unit;

/// <summary>One file of the repository, as the tidy rules look at it.</summary>
/// <param name="Path">From the root, with slashes.</param>
internal sealed partial record SourceFile(string Path, string Text)
{
    private static readonly string[] Products = ["bin", "obj", ".git", "node_modules"];

    public int Lines => Text.AsSpan().Count('\n');

    /// <summary>The root namespace of the project that holds the file, and the folders between.</summary>
    public string Namespace
    {
        get
        {
            var folder = System.IO.Path.GetDirectoryName(Path)!;
            var project = folder;
            while (!Directory.EnumerateFiles(Repository.PathOf(project), "*.csproj").Any())
                project = System.IO.Path.GetDirectoryName(project) ?? throw new InvalidOperationException($"{Path} belongs to no project.");
            var text = File.ReadAllText(Directory.EnumerateFiles(Repository.PathOf(project), "*.csproj").First());
            return RootNamespace().Match(text).Groups["name"].Value + folder[project.Length..].Replace('/', '.');
        }
    }

    public static IEnumerable<SourceFile> All(string pattern) => Directory
        .EnumerateFiles(Repository.Root, pattern, SearchOption.AllDirectories)
        .Select(file => System.IO.Path.GetRelativePath(Repository.Root, file).Replace('\\', '/'))
        .Where(path => !path.Split('/').Any(Products.Contains))
        .Select(path => new SourceFile(path, File.ReadAllText(Repository.PathOf(path))));

    public bool IsBelow(params ReadOnlySpan<string> folders)
    {
        foreach (var folder in folders)
        {
            if (Path.StartsWith($"{folder}/", StringComparison.Ordinal))
                return true;
        }

        return false;
    }

    /// <summary>Where the text stands, as file:line: text.</summary>
    public IEnumerable<string> Find(Regex forbidden) =>
        forbidden.Matches(Text).Select(match => $"{Path}:{Text.AsSpan(0, match.Index).Count('\n') + 1}: {match.Value.Trim()}");

    [GeneratedRegex("<RootNamespace>(?<name>.+)</RootNamespace>", RegexOptions.None, 1000)]
    private static partial Regex RootNamespace();
}
