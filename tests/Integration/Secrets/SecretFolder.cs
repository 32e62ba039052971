using JobTracker.Tests.Support;

namespace JobTracker.Tests.Integration.Secrets;

/// <summary>A folder of secrets as Kubernetes mounts it: links to a link to the folder of one version, replaced in one step.</summary>
internal sealed class SecretFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("jobtracker-secrets-");
    private int _version;

    public SecretFolder(params (string Key, string Value)[] files)
    {
        File.CreateSymbolicLink(Path.Combine(Name, "..data"), Write(files));
        foreach (var (key, _) in files)
            File.CreateSymbolicLink(Path.Combine(Name, key), Path.Combine("..data", key));
    }

    public string Name => _folder.FullName;

    public void Dispose() => _folder.Delete(recursive: true);

    /// <summary>Other contents; done once <paramref name="whenRead"/> calls back.</summary>
    public async Task ReplaceAsync(Func<Action, IDisposable?> whenRead, params (string Key, string Value)[] files)
    {
        var read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using (whenRead(() => read.TrySetResult()))
        {
            File.CreateSymbolicLink(Path.Combine(Name, "..next"), Write(files));
            await ProcessRun.OutputAsync("mv", "-T", Path.Combine(Name, "..next"), Path.Combine(Name, "..data"));
            await read.Task.Soon();
        }
    }

    private string Write((string Key, string Value)[] files)
    {
        var version = $"..{++_version}";
        var next = Directory.CreateDirectory(Path.Combine(Name, version));
        foreach (var (key, value) in files)
            File.WriteAllText(Path.Combine(next.FullName, key), value + "\n");
        return version;
    }
}
