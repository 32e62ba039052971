using System.Collections.Immutable;
using JobTracker.Batches.Jsonl;
using JobTracker.Grains.Batches.Providers;
using JobTracker.Grains.Batches.Providers.Errors;

namespace JobTracker.Grains.Batches.Rules;

/// <summary>
/// What a chunk of result lines comes to, pure. The first outcome of an item wins: the same line again is no change, another one is a
/// conflict, and a line of an item that nobody submitted is set aside.
/// </summary>
/// <remarks>The store tries the <see cref="First"/> lines, says what became of them, and writes what <see cref="Close"/> says.</remarks>
internal sealed class ResultLedger
{
    /// <summary>Lines that are kept of one batch; those beyond are counted alone.</summary>
    public const int MostQuarantined = 1000;

    /// <summary>Characters of the reason why a line was set aside.</summary>
    private const int MaxReason = 500;

    private readonly ImmutableArray<QuarantinedLine> _aside;

    /// <summary>More lines of items, each unlike the first of its item; and how many were like it.</summary>
    private readonly List<ResultLine.Item> _unlike = [];
    private readonly int _repeated;

    /// <param name="items">Lines that name an item, as they came.</param>
    /// <param name="aside">Lines that were set aside already.</param>
    public ResultLedger(IReadOnlyList<ResultLine.Item> items, IReadOnlyList<QuarantinedLine> aside)
    {
        _aside = [.. aside];
        var byId = new Dictionary<string, ResultLine.Item>(items.Count, StringComparer.Ordinal);
        List<ResultLine.Item> first = new(items.Count);
        foreach (var item in items)
        {
            if (byId.TryAdd(item.CustomId, item))
                first.Add(item);
            else if (byId[item.CustomId].Raw.Span.SequenceEqual(item.Raw.Span))
                _repeated++;
            else
                _unlike.Add(item);
        }
        First = first;
    }

    /// <summary>One line of each item: one statement cannot give a row two outcomes.</summary>
    public IReadOnlyList<ResultLine.Item> First { get; }

    /// <summary>Those of them that settled no item: they are to be compared with what is stored.</summary>
    public IReadOnlyList<ResultLine.Item> Rest(IReadOnlySet<string> settled) =>
        [.. First.Where(line => !settled.Contains(line.CustomId))];

    /// <summary>What the lines came to, and which of those that were set aside are to be kept.</summary>
    /// <param name="settled">Items that their first line gave an outcome.</param>
    /// <param name="known">Items of the <see cref="Rest"/> that the submission has, and whether that line is the outcome they had.</param>
    /// <param name="quarantined">Lines of the batch that were set aside before.</param>
    public (IngestTally Tally, IReadOnlyList<QuarantinedLine> Kept) Close(
        IReadOnlySet<string> settled, IReadOnlyDictionary<string, bool> known, long quarantined)
    {
        bool IsOfSubmission(ResultLine.Item line) => settled.Contains(line.CustomId) || known.ContainsKey(line.CustomId);

        var strangers = First.Concat(_unlike).Where(line => !IsOfSubmission(line))
            .Select(line => new QuarantinedLine(line.At, "No item of this submission has the custom_id.", line.Raw));
        QuarantinedLine[] aside = [.. _aside, .. strangers];
        var same = known.Values.Count(isSame => isSame);
        var tally = First.Where(line => settled.Contains(line.CustomId))
            .Aggregate(new IngestTally(), (sum, line) => sum.With(line.Outcome.Status, 1)) with
        {
            Same = _repeated + same,
            Conflicts = known.Count - same + _unlike.Count(IsOfSubmission),
            Quarantined = aside.Length,
        };
        return (tally, [.. aside.Take((int)Math.Max(0, MostQuarantined - quarantined)).Select(Fit)]);
    }

    private static QuarantinedLine Fit(QuarantinedLine line) => line with
    {
        Reason = ProviderText.Clean(line.Reason, MaxReason)!,
        Raw = line.Raw[..Math.Min(line.Raw.Length, JsonlReader.KeptOfTooLong)],
    };
}

/// <summary>A line that was set aside.</summary>
internal sealed record QuarantinedLine(ResultCursor At, string Reason, ReadOnlyMemory<byte> Raw);
