namespace JobTracker.Grains.Storage.Sql;

/// <summary>What a column holds; each engine has a type of its own for it.</summary>
internal enum ColumnKind
{
    Id,
    Text,
    Flag,
    Time,
    Integer,
    Number,
    Json,
}

/// <summary>Where a column stands.</summary>
[Flags]
internal enum ColumnUse
{
    None = 0,

    /// <summary>In what is read, at its place.</summary>
    Read = 1,

    /// <summary>In a new row.</summary>
    New = 2,

    /// <summary>In a change: it becomes what is given.</summary>
    Set = 4,

    /// <summary>Given with a change, whose text says what it is for.</summary>
    Given = 8,
}

/// <summary>A column, and how it is taken from what is written.</summary>
/// <remarks>Stands for its place among the columns that are read.</remarks>
internal abstract class Column<TRow>(string name, ColumnKind kind, ColumnUse use, int place)
{
    public string Name => name;

    public ColumnKind Kind => kind;

    public static implicit operator int(Column<TRow> column) => column.Place;

    public bool Is(ColumnUse any) => (use & any) != ColumnUse.None;

    public abstract object? Of(TRow row);

    /// <summary>An array of the column's own type: no value is boxed. Empty where no row has a value: unnest fills up with nulls.</summary>
    public abstract Array OfAll(List<TRow> rows);

    private int Place => place;
}

/// <summary>The columns of a table, each added once; their order is that in which they are read.</summary>
internal sealed class ColumnList<TRow>
{
    private readonly List<Column<TRow>> _all = [];
    private int _read;

    public Column<TRow> Add<T>(string name, ColumnKind kind, ColumnUse use, Func<TRow, T> take)
    {
        var column = new Typed<T>(name, kind, use, (use & ColumnUse.Read) != ColumnUse.None ? _read++ : -1, take);
        _all.Add(column);
        return column;
    }

    public Column<TRow>[] For(ColumnUse any) => [.. _all.Where(column => column.Is(any))];

    /// <summary>Their names as a query lists them, each in its own form.</summary>
    public string Text(ColumnUse any, Func<string, string> form) => string.Join(", ", For(any).Select(column => form(column.Name)));

    private sealed class Typed<T>(string name, ColumnKind kind, ColumnUse use, int place, Func<TRow, T> take)
        : Column<TRow>(name, kind, use, place)
    {
        public override object? Of(TRow row) => take(row);

        public override Array OfAll(List<TRow> rows)
        {
            T[] values = [];
            for (var i = 0; i < rows.Count; i++)
            {
                if (take(rows[i]) is not { } value)
                    continue;
                if (values.Length == 0)
                    values = new T[rows.Count];
                values[i] = value;
            }

            return values;
        }
    }
}
