using System.Data.Common;
using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Batches;

/// <summary>A row as it is read; the engines differ in how they spell ids, times and truth.</summary>
internal abstract class BatchRow(DbDataReader row)
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

    /// <summary><c>batch_columns</c>, in their order.</summary>
    public Batch Batch() => BatchJson.Read(Text(1), Number(0));

    /// <summary><c>item_columns</c>, in their order.</summary>
    public ItemSnapshot Item() => new()
    {
        CustomId = Text(0),
        Status = ItemStatus.FromWord(Text(1))!.Value,
        Error = BatchJson.Error(TextOrNull(2)),
        HttpStatus = IsNull(3) ? null : row.GetInt32(3),
        Usage = TextOrNull(4),
        JobId = IsNull(5) ? null : new JobId(Id(5)),
        Attempt = row.GetInt32(6),
        CompletedAt = Time(7),
        JobNote = TextOrNull(8),
    };
}
