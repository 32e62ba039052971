using System.Text.Json.Nodes;

namespace JobTracker.Tests.Support.StoredBatches;

/// <summary>Batches as they were stored at f80bc97, before an attempt was an object of its own. They are never written anew.</summary>
internal static class StoredBatch
{
    public static string[] Names { get; } =
        [.. Directory.EnumerateFiles(Folder, "*.json").Select(file => Path.GetFileNameWithoutExtension(file)).Order()];

    private static string Folder => Repository.PathOf("tests", "Support", "StoredBatches");

    public static string Read(string name) => File.ReadAllText(Path.Combine(Folder, $"{name}.json")).TrimEnd();

    /// <summary>Whether they say the same, in whatever order.</summary>
    public static bool IsSame(string one, string other) => JsonNode.DeepEquals(JsonNode.Parse(one), JsonNode.Parse(other));
}
