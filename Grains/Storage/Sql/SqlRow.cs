using System.Data.Common;

namespace JobTracker.Grains.Storage.Sql;

/// <summary>A row as it is read, by the places of its columns; the engines differ in how they spell ids, times and truth.</summary>
internal abstract class SqlRow(DbDataReader row)
{
    protected DbDataReader Row => row;

    public abstract Guid Id(int column);

    public abstract DateTimeOffset Time(int column);

    public abstract bool Flag(int column);

    public string Text(int column) => row.GetString(column);

    public long Number(int column) => row.GetInt64(column);

    public int Integer(int column) => row.GetInt32(column);

    public bool IsNull(int column) => row.IsDBNull(column);

    public Guid? IdOrNull(int column) => IsNull(column) ? null : Id(column);

    public DateTimeOffset? TimeOrNull(int column) => IsNull(column) ? null : Time(column);

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public long? NumberOrNull(int column) => IsNull(column) ? null : Number(column);

    public int? IntegerOrNull(int column) => IsNull(column) ? null : Integer(column);

    public byte[]? Bytes(int column) => IsNull(column) ? null : row.GetFieldValue<byte[]>(column);
}
