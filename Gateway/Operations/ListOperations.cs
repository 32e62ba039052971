using System.Collections.Immutable;
using System.Text.Json;
using JobTracker.Callers;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Json;
using JobTracker.Gateway.Lists;
using JobTracker.Gateway.OpenApi;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Requests;
using JobTracker.Operations;

namespace JobTracker.Gateway.Operations;

/// <summary>Lists operations, and the jobs with which one failed.</summary>
internal static class ListOperations
{
    private const string Path = "/v1/operations";
    private const int MostOperations = 100;
    private const int DefaultOperations = 50;

    public static ImmutableArray<ParameterNote> Parameters { get; } =
    [
        ParameterNote.Form("after", "An operation's id: those that come after it in the requested order.", Ids.OperationPattern),
        ParameterNote.Form("before", "An operation's id: those just before it; with after, those between the two.", Ids.OperationPattern),
        ParameterNote.Whole("limit", "How many at most; 50 unless given.", 1, MostOperations),
        ParameterNote.Word("order", "By creation; desc unless given.", "asc", "desc"),
    ];

    public static Task<IResult> List(HttpContext http, GrainCalls calls) => http.AnswerAsync(
        errors => Read(new QueryFields(http.Request.Query, errors)),
        async query =>
        {
            var caller = http.Caller();
            var page = await calls.OperationsOf(caller.OrganizationId).ReadAsync(operations => operations.ListAsync(caller, query));
            var links = new PageLinks(http.Request.PathBase + Path, http.Request.Query);
            if (links.Around(page.Operations, one => one.Id, page.HasNext, page.HasPrevious, query.After, query.Before) is { } link)
                http.Response.Headers.Link = link;
            return new JsonResult<ImmutableArray<OperationView>>(
                ImmutableArray.CreateRange(page.Operations, OperationView.Of), GatewayJson.Wire.ImmutableArrayOperationView);
        });

    public static async Task<IResult> Errors(OperationId id, HttpContext http, GrainCalls calls)
    {
        var (operation, caller) = (calls.Operation(id), http.Caller());
        // Read before the first byte goes out, so that what is wrong with the storage is still a problem and no broken answer.
        return await operation.ReadAsync(grain => grain.ReadErrorsAsync(caller, after: 0)) is { } first
            ? TypedResults.Stream(output => SendAsync(operation, caller, first, output, http), "application/jsonl")
            : new ProblemResult(ProblemMap.OperationNotFound);
    }

    private static async Task SendAsync(
        CallsTo<IOperationGrain> operation, Caller caller, ImmutableArray<OperationError> errors, Stream output, HttpContext http)
    {
        while (errors is [.., var last])
        {
            foreach (var error in errors)
            {
                await JsonSerializer.SerializeAsync(
                    output, new OperationErrorView(error.JobId.ToString(), error.Message), GatewayJson.Wire.OperationErrorView,
                    http.RequestAborted);
                await output.WriteAsync("\n"u8.ToArray(), http.RequestAborted);
            }
            CallBudget.Renew();
            errors = await operation.ReadAsync(grain => grain.ReadErrorsAsync(caller, last.Place)) ?? [];
        }
    }

    private static OperationQuery Read(QueryFields query) => new()
    {
        After = Id(query, "after"),
        Before = Id(query, "before"),
        Limit = query.Whole("limit", 1, MostOperations) ?? DefaultOperations,
        Ascending = query.Word("order", "asc", "desc") == "asc",
    };

    private static OperationId? Id(QueryFields query, string name)
    {
        if (query.Text(name) is not { } text)
            return null;
        if (OperationId.TryParse(text, out var id))
            return id;
        query.Wrong(name, "must be an operation's id: operation- and a UUID in lower case");
        return null;
    }
}
