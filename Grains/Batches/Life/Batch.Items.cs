using JobTracker.Batches;

namespace JobTracker.Grains.Batches.Life;

/// <summary>The batch's items, as they are shown.</summary>
internal sealed partial record Batch
{
    /// <summary>What is retryable is what a resubmission sends, which the batch knows and the item's row does not.</summary>
    public ItemSnapshot Shown(ItemSnapshot item) => item.Error is not { } error ? item : item with
    {
        Error = error with { Retryable = !Adopted && (item.Status is ItemStatus.Failed or ItemStatus.Expired) },
    };

    public ItemPage Shown(ItemPage page) => page with { Items = [.. page.Items.Select(Shown)] };
}
