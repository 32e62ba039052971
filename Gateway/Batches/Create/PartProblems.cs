using System.Globalization;
using JobTracker.Gateway.Problems;

namespace JobTracker.Gateway.Batches.Create;

/// <summary>What a refused part of a create is to its sender: a line of JSONL, or an item of an array.</summary>
internal static class PartProblems
{
    public static Problem Of(BatchPart.Refused refused, bool isLine)
    {
        var error = new RequestError("body", Place(refused.Line, isLine), refused.Detail);
        return ProblemMap.Of(KindOf(refused.Problem), error) with { Line = isLine ? refused.Line : null, Limit = refused.Limit };
    }

    /// <summary>A field of one item.</summary>
    public static Problem OfField(long line, bool isLine, string field, string detail)
    {
        var error = new RequestError("body", $"{Place(line, isLine)}.{field}", detail);
        return ProblemMap.Of(ProblemKind.InvalidBody, error) with { Line = isLine ? line : null };
    }

    private static ProblemKind KindOf(PartFlaw flaw) => flaw switch
    {
        PartFlaw.MalformedJson => ProblemKind.MalformedJson,
        PartFlaw.DuplicateCustomId => ProblemKind.DuplicateCustomId,
        PartFlaw.LineTooLong => ProblemKind.ItemTooLarge,
        PartFlaw.TooManyItems => ProblemKind.TooManyItems,
        PartFlaw.Empty or PartFlaw.MalformedHead or PartFlaw.UnknownField or PartFlaw.MalformedCustomId
            or PartFlaw.MalformedParameters or PartFlaw.MalformedJobId => ProblemKind.InvalidBody,
    };

    private static string Place(long line, bool isLine) => line == BatchPart.Whole
        ? "$"
        : string.Create(CultureInfo.InvariantCulture, $"{(isLine ? "line " : "$.items[")}{line}{(isLine ? "" : "]")}");
}
