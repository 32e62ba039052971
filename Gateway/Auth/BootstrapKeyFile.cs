using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Options;
using Microsoft.Extensions.Primitives;

namespace JobTracker.Gateway.Auth;

/// <summary><c>Auth:BootstrapKeyFile</c>: the key stands in a file, which is looked at every few seconds. No file, no key.</summary>
internal static class BootstrapKeyFile
{
    public static void AddBootstrapKeyFile(this IServiceCollection services)
    {
        services.AddOptions<AuthOptions>().PostConfigure(options =>
        {
            if (options.BootstrapKeyFile is { Length: > 0 } file)
                options.BootstrapKey = Read(file);
        });
        services.AddSingleton<IOptionsChangeTokenSource<AuthOptions>>(provider =>
            new FileChanges(
                provider.GetRequiredService<IConfiguration>()[$"{AuthOptions.Section}:{nameof(AuthOptions.BootstrapKeyFile)}"]));
    }

    /// <summary>A file that is there and cannot be read is a bad value: refused at the start, and later left aside.</summary>
    private static string? Read(string file)
    {
        try
        {
            return Path.Exists(file) ? File.ReadAllText(file).Trim() : null;
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException)
        {
            throw new OptionsValidationException(
                Options.DefaultName,
                typeof(AuthOptions),
                [$"{AuthOptions.Section}:{nameof(AuthOptions.BootstrapKeyFile)} cannot be read: {problem.Message}"]);
        }
    }

    /// <summary>By polling: a mounted secret changes by a link to another folder, which no watcher of the file sees.</summary>
    private sealed class FileChanges(string? file) : IOptionsChangeTokenSource<AuthOptions>, IDisposable
    {
        private readonly PhysicalFileProvider? _folder =
            file is { Length: > 0 } && Path.GetDirectoryName(Path.GetFullPath(file)) is { } folder && Directory.Exists(folder)
                ? new PhysicalFileProvider(folder) { UsePollingFileWatcher = true, UseActivePolling = true }
                : null;

        public string Name => Options.DefaultName;

        public IChangeToken GetChangeToken() => _folder?.Watch(Path.GetFileName(file!)) ?? NullChangeToken.Singleton;

        public void Dispose() => _folder?.Dispose();
    }
}
