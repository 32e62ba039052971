using System.Globalization;
using System.Runtime.InteropServices;

namespace JobTracker.Pages.Jobs;

/// <summary>
/// The rows of a live list under somebody's pointer: they change where they are, and never move or go. What is new is only counted.
/// </summary>
/// <param name="idOf">What a row is known by; larger is newer.</param>
/// <param name="isFinal">The row will not change any more.</param>
internal sealed class SteadyRows<TId, TRow>(Func<TRow, TId> idOf, Func<TRow, bool> isFinal)
    where TId : struct, IComparable<TId>
    where TRow : class
{
    private readonly List<SteadyRow<TRow>> _rows = [];
    private readonly Dictionary<TId, int> _places = [];
    private TId? _floor;

    /// <summary>From the top.</summary>
    public IReadOnlyList<SteadyRow<TRow>> Rows => _rows;

    /// <summary>How many match that are not shown, and belong among those that are or above them.</summary>
    public int Waiting { get; private set; }

    /// <summary>There may be more than <see cref="Waiting"/>.</summary>
    public bool MayMoreWait { get; private set; }

    /// <summary>How many wait, in words; null: none.</summary>
    /// <param name="most">So many are counted one by one.</param>
    public string? WaitingText(int most) => Waiting switch
    {
        0 => null,
        var count when count > most || MayMoreWait => string.Create(CultureInfo.InvariantCulture, $"{Math.Min(count, most)} or more new"),
        var count => string.Create(CultureInfo.InvariantCulture, $"{count} new"),
    };

    /// <summary>What is shown from now on.</summary>
    /// <param name="rows">From the top.</param>
    /// <param name="older">Where the list goes on below them; null: it does not.</param>
    public void Begin(IEnumerable<TRow> rows, TId? older)
    {
        ArgumentNullException.ThrowIfNull(rows);
        _floor = older;
        foreach (var row in rows)
        {
            _places.Add(idOf(row), _rows.Count);
            _rows.Add(new SteadyRow<TRow>(row));
        }
    }

    /// <summary>Takes in the list as it is now.</summary>
    /// <param name="now">From the top.</param>
    /// <param name="covers">Whether a row would be among them if it matched.</param>
    /// <param name="older">Where they end though the list goes on; null: they are all.</param>
    public void Take(IReadOnlyCollection<TRow> now, Func<TId, bool> covers, TId? older)
    {
        ArgumentNullException.ThrowIfNull(now);
        ArgumentNullException.ThrowIfNull(covers);
        var present = new HashSet<TId>(now.Count);
        Waiting = 0;
        foreach (var row in now)
        {
            var id = idOf(row);
            present.Add(id);
            if (_places.TryGetValue(id, out var place))
                _rows[place] = new SteadyRow<TRow>(row);
            else if (_floor is not { } floor || id.CompareTo(floor) > 0)
                Waiting++;
        }
        MayMoreWait = older is { } end && (_floor is not { } lowest || end.CompareTo(lowest) > 0);
        foreach (ref var row in CollectionsMarshal.AsSpan(_rows))
        {
            var id = idOf(row.Row);
            if (!present.Contains(id) && row.Mark == RowMark.None)
                row = row with { Mark = covers(id) ? RowMark.Left : RowMark.None, IsLost = true };
        }
    }

    /// <summary>Takes in one row that the list does not tell of any more; null: it is no more.</summary>
    public void Take(TId id, TRow? row)
    {
        if (!_places.TryGetValue(id, out var place) || _rows[place] is not { IsLost: true } old)
            return;
        _rows[place] = row is null
            ? old with { Mark = RowMark.Removed, IsTold = true }
            : old with { Row = row, IsTold = true };
    }

    /// <summary>Rows of which only a look at each tells what became of them.</summary>
    public IEnumerable<TId> Lost => _rows
        .Where(row => row is { IsLost: true, Mark: not RowMark.Removed } && !(row.IsTold && isFinal(row.Row)))
        .Select(row => idOf(row.Row));
}

/// <summary>One row.</summary>
/// <param name="Row">As it was told last.</param>
/// <param name="Mark">What is to be said of it.</param>
/// <param name="IsLost">The list tells of it no more.</param>
/// <param name="IsTold">It was looked at since.</param>
internal readonly record struct SteadyRow<TRow>(TRow Row, RowMark Mark = RowMark.None, bool IsLost = false, bool IsTold = false);
