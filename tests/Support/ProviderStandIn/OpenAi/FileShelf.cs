using System.Collections.Concurrent;
using JobTracker.Tests.StandIn.Batches;

namespace JobTracker.Tests.StandIn.OpenAi;

/// <summary>Uploaded files by id. The files a batch makes are not kept: <see cref="ResultFile"/> finds them by their id.</summary>
internal sealed class FileShelf(Identifiers ids)
{
    private readonly ConcurrentDictionary<string, InputFile> _files = new(StringComparer.Ordinal);

    public string NewId() => ids.Next("file-");

    public void Add(InputFile file) => _files[file.Id] = file;

    public InputFile? Find(string id, string apiKey) => _files.GetValueOrDefault(id) is { } file && file.ApiKey == apiKey ? file : null;

    public bool Remove(string id) => _files.TryRemove(id, out _);
}
