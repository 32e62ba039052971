namespace JobTracker.Tests.Processes;

/// <summary>
/// JOBTRACKER_OLD_BUILD: a checkout of another commit, which was built. The processes that a test of restarts begins with are then of
/// that: it tests an upgrade. Unset, they are this build's.
/// </summary>
internal static class OldBuild
{
    public static string? Folder { get; } =
        Environment.GetEnvironmentVariable("JOBTRACKER_OLD_BUILD") is { Length: > 0 } folder ? folder : null;

    /// <summary>The project of the same name there; of this repository, where nothing is upgraded.</summary>
    public static string ProjectOf(string project) => Folder is null ? project : Path.Combine(Folder, project);
}
