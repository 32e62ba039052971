using System.Numerics;

namespace JobTracker.Grains.Storage.PostgreSql;

/// <summary>
/// When a statement is to be planned again: after 1, 2, 4 and so on of its runs. The plan that is best for a few rows reads all of them,
/// and would be kept, until the server counts the table, while it grows to very many.
/// </summary>
internal struct PlanAge
{
    /// <summary>From here on a plan is of a table of some size, and lives for just so many runs.</summary>
    private const int LongestLife = 1024;

    private int _runs;

    /// <summary>True before the first run. Asked before each.</summary>
    public bool IsOld()
    {
        var runs = _runs;
        _runs = runs == LongestLife * 2 ? LongestLife + 1 : runs + 1;
        return runs == 0 || BitOperations.IsPow2(runs);
    }
}
