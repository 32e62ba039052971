using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Lists;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Quotas;
using JobTracker.Gateway.Requests;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Jobs.Exporting;

/// <summary>Sends every job of a query, a page at a time: no more of them is held, however many there are.</summary>
internal static class ExportJobs
{
    private static readonly JobPage Empty = new([], HasNext: false, HasPrevious: false);

    public static Task<IResult> Export(HttpContext http, GrainCalls calls, Shares shares, BytesInFlight bytes, TimeProvider clock) =>
        http.AnswerAsync(
            errors => ExportParameters.Read(new QueryFields(http.Request.Query, errors)),
            asked => ListScope.Refusal(http.Caller(), asked.Organization) is { } problem
                ? Task.FromResult<IResult>(problem)
                : OpenAsync(asked.Query, asked.Form, http, calls, shares, bytes, clock));

    private static async Task<IResult> OpenAsync(
        JobQuery? query, ExportForm form, HttpContext http, GrainCalls calls, Shares shares, BytesInFlight bytes, TimeProvider clock)
    {
        if (HttpMethods.IsHead(http.Request.Method))
            return TypedResults.Text("", form.ContentType);
        if (shares.TakeExport(http) is not { } share)
            return new ProblemResult(ProblemMap.TooManyExports);
        http.Response.RegisterForDispose(share);
        if (await bytes.ReserveAsync(http) is null)
            return new ProblemResult(ProblemMap.TooManyBytesInFlight);
        // Read before the first byte goes out, so that what is wrong with the storage is still a problem and no broken answer.
        var caller = http.Caller();
        var first = query is null ? Empty : await calls.Jobs.ReadAsync(jobs => jobs.ListAsync(caller, query));
        var admission = new Admission(http, clock);
        http.Response.RegisterForDispose(admission);
        return new ExportResult(
            form, first, query, next => calls.Jobs.ReadAsync(jobs => jobs.ListAsync(caller, next)), admission.Ended);
    }
}
