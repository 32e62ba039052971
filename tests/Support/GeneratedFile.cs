namespace JobTracker.Tests.Support;

/// <summary>A checked-in file that the code itself writes, so that the two cannot drift apart.</summary>
internal static class GeneratedFile
{
    /// <summary>Set it to 1 to write the files instead of comparing them.</summary>
    public const string UpdateVariable = "JOBTRACKER_UPDATE_GENERATED";

    /// <summary>Writes the file where it is missing or an update is asked for; else answers what stands in it.</summary>
    public static string Expected(string path, string generated)
    {
        if (File.Exists(path) && Environment.GetEnvironmentVariable(UpdateVariable) != "1")
            return File.ReadAllText(path).ReplaceLineEndings("\n");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, generated);
        return generated;
    }
}
