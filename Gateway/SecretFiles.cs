using JobTracker.Configuration;
using Microsoft.Extensions.FileProviders;

namespace JobTracker.Gateway;

/// <summary>Every file of a folder is a setting: its name the key (<c>__</c> for <c>:</c>), its text the value.</summary>
internal static class SecretFiles
{
    public const string FolderKey = "Secrets:Folder";
    public const string DefaultFolder = "/run/secrets/jobtracker";

    /// <summary>
    /// Over every other source that is there by now. Read again within some 10 s of a change: the files are polled, because Kubernetes
    /// replaces them by turning a link to another folder, of which a watcher hears nothing.
    /// </summary>
    /// <exception cref="StartRefusedException">The folder that the configuration names is not there, or a file is empty.</exception>
    public static void AddSecretFiles(this IConfigurationManager configuration)
    {
        var named = configuration[FolderKey];
        var folder = new DirectoryInfo(named ?? DefaultFolder);
        if (!folder.Exists)
        {
            if (named is not null)
                throw new StartRefusedException($"{FolderKey}: there is no folder '{named}'.");
            return;
        }
        configuration.AddKeyPerFile(source =>
        {
            source.FileProvider = new PhysicalFileProvider(folder.FullName) { UsePollingFileWatcher = true, UseActivePolling = true };
            source.ReloadOnChange = true;
            RefuseEmpty(source.FileProvider);
        });
    }

    /// <summary>An empty secret would read as none at all: no password, or even no database.</summary>
    private static void RefuseEmpty(IFileProvider files)
    {
        foreach (var file in files.GetDirectoryContents("").Where(file => !file.IsDirectory))
        {
            if (string.IsNullOrWhiteSpace(File.ReadAllText(file.PhysicalPath!)))
                throw new StartRefusedException($"The secret file {file.PhysicalPath} is empty.");
        }
    }
}
