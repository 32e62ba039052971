using System.Collections.Concurrent;
using System.Globalization;

namespace JobTracker.Tests.Processes.Fuzz;

/// <summary>What the requests of a run were answered, and which answers were wrong.</summary>
internal sealed class FuzzReport(int seed)
{
    private const int Told = 10;
    private readonly ConcurrentDictionary<(FuzzClass Class, int Status), int> _answers = new();
    private readonly ConcurrentQueue<string> _faults = new();

    public bool IsClean => _faults.IsEmpty;

    /// <summary>A status of 0: the connection was closed without an answer.</summary>
    public void Count(FuzzClass kind, int status) => _answers.AddOrUpdate((kind, status), 1, (_, count) => count + 1);

    public void Fault(FuzzRequest request, int number, string what) =>
        _faults.Enqueue(string.Create(CultureInfo.InvariantCulture, $"request {number} ({request.Class}): {what}\n{request}"));

    public override string ToString()
    {
        var lines = _answers.GroupBy(answer => answer.Key.Class).OrderBy(group => group.Key).Select(group => string.Create(CultureInfo.InvariantCulture,
            $"{group.Key,-10} {group.Sum(answer => answer.Value),6}: {string.Join("  ", group.OrderBy(answer => answer.Key.Status).Select(answer => $"{answer.Key.Status} x {answer.Value}"))}"));
        return string.Create(CultureInfo.InvariantCulture, $"seed {seed}\n{string.Join('\n', lines)}\n{_faults.Count} faults\n{string.Join("\n\n", _faults.Take(Told))}");
    }
}
