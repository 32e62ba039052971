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
            Summary = "Tracks background jobs: who owns one, where it stands, how it got there, and who must be told when it ends.",
            Description = """
                Timestamps are UTC, RFC 3339, microseconds at most. Durations end in `_seconds`, nanoseconds in `_ns`. Unset fields are null.
                Unknown fields of a body and unknown query parameters are refused. Errors are RFC 9457 problem details; branch on `code`.
                A job id is `job-` and a UUID in lower case: what is none is a 422 `invalid_job_id`, one that you have no job under is a 404 `job_not_found`.
                Every path works with and without a trailing slash.
                """,
            License = new OpenApiLicense { Name = "MIT", Identifier = "MIT" },
        };
        SecurityNotes.Describe(document);
        document.Servers = [new OpenApiServer { Url = "/" }];
        document.Tags = new HashSet<OpenApiTag>(Tags);
        foreach (var status in CommonProblems.Statuses)
            document.AddComponent<IOpenApiResponse>(CommonProblems.NameOf(status), CommonProblems.Response(status, document));
        return Task.CompletedTask;
    }

    private static OpenApiTag[] Tags =>
    [
        new() { Name = "Jobs", Description = "Background jobs: made, read, listed, watched, changed and removed." },
        new() { Name = "Batches", Description = "Sets of LLM requests that a provider works on as one unit." },
        new() { Name = "Callbacks", Description = "The POST that tells a receiver of a job's end, and the secret that signs it." },
        new() { Name = "Keys", Description = "API keys: made, shown, renewed and ended; and who is calling." },
        new() { Name = "Organizations", Description = "Whose jobs, batches and keys there are, and what each may ask for." },
        new() { Name = "Health", Description = "Is the process alive, and can it serve." },
    ];
}
