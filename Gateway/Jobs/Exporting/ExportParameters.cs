using System.Collections.Immutable;
using JobTracker.Gateway.Jobs.Listing;
using JobTracker.Gateway.OpenApi;
using JobTracker.Gateway.Requests;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Jobs.Exporting;

/// <summary>The query parameters of an export: those of the list that say which jobs, and the form.</summary>
internal static class ExportParameters
{
    private const string JsonLines = "jsonl";
    private const string Csv = "csv";

    public static ImmutableArray<ParameterNote> All { get; } =
    [
        ParameterNote.Word("format", "jsonl unless given.", JsonLines, Csv),
        .. ListParameters.Filters,
        ParameterNote.Form(
            "after", "A job id: the jobs that come after it in the requested order, where an export broke off.", Ids.JobPattern),
        ParameterNote.Word("order", "By creation; desc unless given.", "asc", "desc"),
    ];

    /// <summary>What is asked for; no query where its filters exclude each other, so that no job can match.</summary>
    public static (JobQuery? Query, string? Organization, ExportForm Form) Read(QueryFields query)
    {
        var filters = ListParameters.ReadFilters(query, out var nothing) with
        {
            After = query.JobId("after"),
            Ascending = query.Word("order", "asc", "desc") == "asc",
            Limit = ListParameters.MostJobs,
        };
        ExportForm form = query.Word("format", JsonLines, Csv) == Csv ? new CsvForm() : new JsonLinesForm();
        return (nothing ? null : filters, filters.OrganizationId, form);
    }
}
