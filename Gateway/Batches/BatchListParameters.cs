using System.Collections.Immutable;
using JobTracker.Batches;
using JobTracker.Gateway.OpenApi;
using JobTracker.Gateway.Requests;

namespace JobTracker.Gateway.Batches;

/// <summary>The query parameters of the list of batches, as a query to the catalog.</summary>
internal static class BatchListParameters
{
    private const int MostBatches = 1_000;
    private const int DefaultBatches = 100;

    private static readonly ImmutableArray<BatchStatus> NonTerminal =
        [.. Enum.GetValues<BatchStatus>().Where(status => !status.IsTerminal)];

    public static ImmutableArray<ParameterNote> All { get; } =
    [
        ParameterNote.Text("organization_id", "Another organization than one's own needs the scope admin."),
        ParameterNote.Words(
            "status", "Any of these: repeated, or separated by commas.", Enum.GetValues<BatchStatus>().Select(status => status.Word)),
        ParameterNote.Flag("active", "true: pending and running batches only."),
        ParameterNote.Text("provider", "Batches of this account."),
        ParameterNote.Moment("created_after", "Created at this moment (RFC 3339) or later, to the millisecond."),
        ParameterNote.Moment("created_before", "Created before this moment (RFC 3339), to the millisecond."),
        ParameterNote.Form(
            "after", "A batch id: the batches that come after it in the requested order. It need not exist any more.", Ids.BatchPattern),
        ParameterNote.Form("before",
            "A batch id: the batches just before it, still in the requested order; with after, those between the two.", Ids.BatchPattern),
        ParameterNote.Whole("limit", "How many at most; 100 unless given.", 1, MostBatches),
        ParameterNote.Word("order", "By creation; desc unless given.", "asc", "desc"),
    ];

    /// <summary>The query; <paramref name="nothing"/> where its filters exclude each other, so that no batch can match.</summary>
    public static BatchQuery Read(QueryFields query, out bool nothing)
    {
        var statuses = Statuses(query);
        nothing = statuses is { IsEmpty: true };
        return new BatchQuery
        {
            OrganizationId = query.Text("organization_id"),
            Statuses = statuses ?? [],
            Provider = query.Text("provider"),
            CreatedAfter = query.Moment("created_after"),
            CreatedBefore = query.Moment("created_before"),
            After = Id(query, "after"),
            Before = Id(query, "before"),
            Limit = query.Whole("limit", 1, MostBatches) ?? DefaultBatches,
            Ascending = query.Word("order", "asc", "desc") == "asc",
        };
    }

    /// <summary>Null means every status; empty means that none can match.</summary>
    private static ImmutableArray<BatchStatus>? Statuses(QueryFields query)
    {
        var named = ImmutableArray.CreateBuilder<BatchStatus>();
        foreach (var word in query.List("status"))
        {
            if (BatchStatus.FromWord(word) is not { } status)
                query.Wrong("status", "must be pending, running, completed, failed, cancelled or expired");
            else if (!named.Contains(status))
                named.Add(status);
        }
        if (query.Flag("active") is not true)
            return named.Count == 0 ? null : named.ToImmutable();
        return named.Count == 0 ? NonTerminal : [.. named.Where(status => !status.IsTerminal)];
    }

    private static BatchId? Id(QueryFields query, string name)
    {
        if (query.Text(name) is not { } text)
            return null;
        if (BatchId.TryParse(text, out var id))
            return id;
        query.Wrong(name, "must be a batch id: batch- and a UUID in lower case");
        return null;
    }
}
