using JobTracker.Batches;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Storage.Sql;
using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Batches;

/// <summary>What the rows of batches are.</summary>
internal static class BatchRow
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
            HttpStatus = row.IntegerOrNull(3),
            Usage = row.TextOrNull(4),
            JobId = row.IdOrNull(5) is { } job ? new JobId(job) : null,
            Attempt = row.Integer(6),
            CompletedAt = row.TimeOrNull(7),
            JobNote = row.TextOrNull(8),
        };
    }
}
