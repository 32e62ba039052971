using System.Collections.Immutable;
using JobTracker.Audit;
using JobTracker.Gateway.OpenApi;
using JobTracker.Gateway.Requests;

namespace JobTracker.Gateway.Audit;

/// <summary>The query parameters of the list of audit events.</summary>
internal static class AuditListParameters
{
    private const int MostEvents = 1_000;
    private const int DefaultEvents = 100;

    public static ImmutableArray<ParameterNote> All { get; } =
    [
        ParameterNote.Text("organization_id", "Another organization than one's own needs the scope admin."),
        ParameterNote.Flag("unattributed",
            "true: instead of an organization's the refused credentials whose organization is not known; needs the scope admin."),
        ParameterNote.Word("action", "Events of this action.", AuditActions.All),
        ParameterNote.Moment("created_after", "Of this moment (RFC 3339) or later, to the millisecond."),
        ParameterNote.Moment("created_before", "Before this moment (RFC 3339), to the millisecond."),
        ParameterNote.Form(
            "after", "An event id: the events that come after it in the requested order. It need not exist any more.", Ids.AuditPattern),
        ParameterNote.Form("before",
            "An event id: the events just before it, still in the requested order; with after, those between the two.", Ids.AuditPattern),
        ParameterNote.Whole("limit", "How many at most; 100 unless given.", 1, MostEvents),
        ParameterNote.Word("order", "By time; desc unless given.", "asc", "desc"),
    ];

    public static AuditQuery Read(QueryFields query)
    {
        var read = new AuditQuery
        {
            OrganizationId = query.Text("organization_id"),
            IsUnattributed = query.Flag("unattributed") ?? false,
            Action = query.Word("action", AuditActions.All.AsSpan()),
            CreatedAfter = query.Moment("created_after"),
            CreatedBefore = query.Moment("created_before"),
            After = Id(query, "after"),
            Before = Id(query, "before"),
            Limit = query.Whole("limit", 1, MostEvents) ?? DefaultEvents,
            Ascending = query.Word("order", "asc", "desc") == "asc",
        };
        if (read is { IsUnattributed: true, OrganizationId: not null })
            query.Wrong("unattributed", "asks for what belongs to no organization: leave organization_id out");
        return read;
    }

    private static AuditEventId? Id(QueryFields query, string name)
    {
        if (query.Text(name) is not { } text)
            return null;
        if (AuditEventId.TryParse(text, out var id))
            return id;
        query.Wrong(name, "must be an event id: audit- and a UUID in lower case");
        return null;
    }
}
