using System.Text.Json;
using System.Text.Json.Serialization;

namespace JobTracker.Tests.Processes.Faults.Checking;

/// <summary>A history as JSON, one object a line.</summary>
internal sealed class HistoryFile : IAsyncDisposable
{
    private static readonly JsonSerializerOptions Form = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        IgnoreReadOnlyProperties = true,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    private readonly Lock _gate = new();
    private readonly StreamWriter _lines;
    private readonly long _began = TimeProvider.System.GetTimestamp();

    public HistoryFile(string path)
    {
        Path = path;
        _lines = new StreamWriter(path);
    }

    public string Path { get; }

    /// <summary>Milliseconds since the run began.</summary>
    public double Now => TimeProvider.System.GetElapsedTime(_began).TotalMilliseconds;

    public static string Text(HistoryLine line) => JsonSerializer.Serialize(line, Form);

    public static IEnumerable<HistoryLine> Read(string path) =>
        File.ReadLines(path).Select(line => JsonSerializer.Deserialize<HistoryLine>(line, Form)!);

    public void Add(HistoryLine line)
    {
        lock (_gate)
            _lines.WriteLine(Text(line));
    }

    /// <summary>So that it can be read up to here.</summary>
    public Task FlushAsync()
    {
        lock (_gate)
            _lines.Flush();
        return Task.CompletedTask;
    }

    public ValueTask DisposeAsync() => _lines.DisposeAsync();
}
