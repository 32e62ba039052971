using JobTracker.Batches;

namespace JobTracker.Grains.Storage.Batches;

/// <summary>
/// How many bytes a batch, or an item of one, has on a page of the HTTP API: never fewer than it will have, and hardly more.
/// </summary>
internal static class BatchBytes
{
    /// <summary>The names of all fields of a batch, and values that are always short: ids, moments, numbers, words.</summary>
    private const long Fixed = 1_400;

    /// <summary>The same of an item.</summary>
    private const long FixedOfItem = 400;

    /// <summary>The same of one reason why a batch failed.</summary>
    private const long FixedOfError = 80;

    public static long Of(BatchSnapshot batch) => Fixed
        + JsonBytes.OfJson(batch.Metadata)
        + JsonBytes.OfText(batch.OrganizationId)
        + JsonBytes.OfText(batch.Provider)
        + JsonBytes.OfText(batch.ProviderBatchId)
        + JsonBytes.OfText(batch.RawStatus)
        + JsonBytes.OfText(batch.LastPollError)
        + JsonBytes.OfText(batch.PostProcessingError)
        + batch.Errors.Sum(
            error => FixedOfError + JsonBytes.OfText(error.Code) + JsonBytes.OfText(error.Message) + JsonBytes.OfText(error.Param));

    public static long Of(ItemSnapshot item) => FixedOfItem
        + JsonBytes.OfText(item.CustomId)
        + JsonBytes.OfText(item.Error?.Type)
        + JsonBytes.OfText(item.Error?.Code)
        + JsonBytes.OfText(item.Error?.Message)
        + JsonBytes.OfJson(item.Usage)
        + JsonBytes.OfText(item.JobNote);
}
