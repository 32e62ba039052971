using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace JobTracker.Tests.Processes.Fuzz;

/// <summary>What the requests of a run were answered, and which answers were wrong: one example of each kind of wrong.</summary>
internal sealed partial class FuzzReport(int seed)
{
    private const int Told = 20;
    private readonly ConcurrentDictionary<(FuzzClass Class, int Status), int> _answers = new();
    private readonly ConcurrentDictionary<string, (int Count, string Example)> _faults = new();

    public bool IsClean => _faults.IsEmpty;

    /// <summary>A status of 0: the connection was closed without an answer.</summary>
    public void Count(FuzzClass kind, int status) => _answers.AddOrUpdate((kind, status), 1, (_, count) => count + 1);

    public void Fault(FuzzRequest request, int number, string what)
    {
        var kind = $"{request.Class}: {Digits().Replace(what, "0")}";
        _faults.AddOrUpdate(kind, _ => (1, string.Create(CultureInfo.InvariantCulture, $"request {number}: {what}\n{request}")),
            (_, seen) => (seen.Count + 1, seen.Example));
    }

    public override string ToString()
    {
        var lines = _answers.GroupBy(answer => answer.Key.Class)
            .OrderBy(group => group.Key).Select(group => string.Create(CultureInfo.InvariantCulture,
            $"{group.Key,-10} {group.Sum(answer => answer.Value),6}: {string.Join("  ", group.OrderBy(answer => answer.Key.Status).Select(answer => $"{answer.Key.Status} x {answer.Value}"))}"));
        var faults = _faults.OrderByDescending(fault => fault.Key.Contains(": 5", StringComparison.Ordinal))
            .ThenByDescending(fault => fault.Value.Count).Take(Told)
            .Select(fault => string.Create(CultureInfo.InvariantCulture, $"\n{fault.Value.Count} x {fault.Key}\n{fault.Value.Example}"));
        return string.Create(CultureInfo.InvariantCulture,
            $"seed {seed}\n{string.Join('\n', lines)}\n{_faults.Count} kinds of faults\n{string.Join('\n', faults)}");
    }

    /// <summary>Ids and numbers, which tell no two faults apart.</summary>
    [GeneratedRegex("[0-9a-f-]{12,}|[0-9]{4,}", RegexOptions.None, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Digits();
}
