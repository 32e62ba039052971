using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace JobTracker.Gateway.OpenApi;

/// <summary>What the document says about the API as a whole; nothing in it depends on where it is served.</summary>
internal sealed class DocumentNotes : IOpenApiDocumentTransformer
{
    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken cancellationToken)
    {
        document.Info = new OpenApiInfo
        {
            Title = "JobTracker",
            Version = "v1",
            Description = """
                Tracks background jobs: who owns one, where it stands, how it got there, and who must be told when it ends.

                Timestamps are UTC, RFC 3339, microseconds at most. Durations end in `_seconds`, nanoseconds in `_ns`. Unset fields are null.
                Errors are RFC 9457 problem details; branch on `code`. A job id is `job-` and a lower-case UUID v7: what is none is a 422 `invalid_job_id`,
                one that you have no job under is a 404 `job_not_found`. Every path works with and without a trailing slash.
                """,
        };
        document.Servers = [];
        return Task.CompletedTask;
    }
}
