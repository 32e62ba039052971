using System.IO.Pipelines;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Problems;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Jobs.Exporting;

/// <summary>
/// Answers with pages of jobs until the last one. Where that cannot be, the connection is cut: an end would look complete.
/// </summary>
/// <param name="form">How they are written.</param>
/// <param name="first">The first page, which is read already.</param>
/// <param name="query">What it is a page of; null: of nothing.</param>
/// <param name="read">Reads a further one.</param>
/// <param name="dismissed">The caller would not be let in any more.</param>
internal sealed class ExportResult(
    ExportForm form, JobPage first, JobQuery? query, Func<JobQuery, Task<JobPage>> read, CancellationToken dismissed) : IResult
{
    /// <summary>Bytes that are gathered before they are sent, so that memory does not follow the size of a page.</summary>
    private const long Gathered = 64 << 10;

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        httpContext.Response.ContentType = form.ContentType;
        try
        {
            await SendAsync(httpContext.Response.BodyWriter, httpContext.RequestAborted);
        }
        catch (Exception fault) when (Outage.IsPassing(fault) || Outage.IsOfStorage(fault) || dismissed.IsCancellationRequested)
        {
            var log = httpContext.RequestServices.GetRequiredService<ILogger<ExportResult>>();
            log.ExportBroken(fault, httpContext.TraceIdentifier);
            httpContext.Abort();
        }
    }

    private async Task SendAsync(PipeWriter output, CancellationToken aborted)
    {
        form.Begin(output);
        long count = 0;
        var (page, rest) = (first, query is null ? null : first.RestOf(query));
        while (true)
        {
            foreach (var job in page.Jobs)
            {
                form.Write(output, JobView.Of(job));
                if (output.UnflushedBytes > Gathered)
                    await output.FlushAsync(aborted);
            }
            count += page.Jobs.Length;
            if (rest is null)
                break;
            await output.FlushAsync(aborted);
            page = await NextAsync(rest);
            rest = page.RestOf(rest);
        }
        form.End(output, count);
        await output.FlushAsync(aborted);
    }

    private async Task<JobPage> NextAsync(JobQuery rest)
    {
        dismissed.ThrowIfCancellationRequested();
        CallBudget.Renew();
        return await read(rest);
    }
}
