namespace JobTracker.Silo.Clustering;

/// <summary>The names under which grains ask for their storage.</summary>
internal static class GrainStorageName
{
    /// <summary>
    /// For grains that write seldom. The provider behind knows only the state's name and reads keys that look hexadecimal as numbers: give
    /// each grain class a state name of its own, and keys that begin with another letter than a to f.
    /// </summary>
    public const string State = "state";
}
