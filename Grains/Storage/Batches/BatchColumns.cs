using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Batches;

/// <summary>Rows of batches and of items, as the queries of batches.sql select them.</summary>
internal static class BatchColumns
{
    extension(SqlRow row)
    {
        /// <summary><c>batch_columns</c>, in their order.</summary>
        public Batch Batch() => BatchJson.Read(row.Text(1), row.Number(0));

        /// <summary><c>item_columns</c>, in their order.</summary>
        public ItemSnapshot Item() => new()
        {
            CustomId = row.Text(0),
            Status = ItemStatus.FromWord(row.Text(1))!.Value,
            Error = BatchJson.Error(row.TextOrNull(2)),
            HttpStatus = row.IsNull(3) ? null : (int)row.Number(3),
            Usage = row.TextOrNull(4),
            JobId = row.IsNull(5) ? null : new JobId(row.Id(5)),
            Attempt = (int)row.Number(6),
            CompletedAt = row.Time(7),
            JobNote = row.TextOrNull(8),
        };
    }
}
