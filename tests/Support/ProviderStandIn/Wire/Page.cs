using JobTracker.Tests.StandIn.Batches;

namespace JobTracker.Tests.StandIn.Wire;

/// <summary>One page of a list that is newest first. An id nobody knows gives an empty page.</summary>
internal sealed record Page(IReadOnlyList<ProviderBatch> Batches, bool HasMore)
{
    public string? FirstId => Batches is [var first, ..] ? first.Id : null;

    public string? LastId => Batches is [.., var last] ? last.Id : null;

    public static Page Of(List<ProviderBatch> all, int limit, string? before, string? after)
    {
        if (before is not null)
        {
            // The page that ends just before the named batch; "more" then means still newer ones.
            var newer = all.TakeWhile(batch => batch.Id != before).ToList();
            return newer.Count == all.Count ? new([], HasMore: false) : new([.. newer.TakeLast(limit)], newer.Count > limit);
        }

        var older = after is null ? all : [.. all.SkipWhile(batch => batch.Id != after).Skip(1)];
        return new([.. older.Take(limit)], older.Count > limit);
    }
}
