using System.Data.Common;

namespace JobTracker.Grains.Storage;

/// <summary>A row as it is read; the engines differ in how they spell ids, times and truth.</summary>
internal abstract class SqlRow(DbDataReader row)
{
    protected DbDataReader Row => row;

    public abstract Guid Id(int column);

    public abstract DateTimeOffset? Time(int column);

    public abstract bool Flag(int column);

    public string Text(int column) => row.GetString(column);

    public string? TextOrNull(int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public long Number(int column) => row.GetInt64(column);

    public byte[]? Bytes(int column) => row.IsDBNull(column) ? null : row.GetFieldValue<byte[]>(column);

    public bool IsNull(int column) => row.IsDBNull(column);
}
