using System.Text;
using JobTracker.Batches;

namespace JobTracker.Grains.Storage.Batches;

/// <summary>Lines that were set aside.</summary>
internal abstract partial class SqlBatchStore
{
    public async Task<QuarantinePage> ReadQuarantineAsync(BatchId id, QuarantinePlace after, int limit, CancellationToken cancellation)
    {
        var lines = await QueryAsync(
            "read_quarantine",
            row => new QuarantinedLineSnapshot
            {
                Place = new QuarantinePlace((int)row.Number(0), (int)row.Number(1), row.Number(2)),
                Reason = row.Text(3),
                Raw = Encoding.UTF8.GetString(row.Bytes(4)!),
            },
            cancellation,
            ("batch_id", id.Value), ("attempt", after.Attempt), ("file", after.File), ("line", after.Line), ("limit", limit + 1L));
        return new QuarantinePage([.. lines.Take(limit)], HasNext: lines.Count > limit);
    }
}
