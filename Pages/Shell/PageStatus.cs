using Microsoft.AspNetCore.Http;

namespace JobTracker.Pages.Shell;

/// <summary>The HTTP status of a page.</summary>
public static class PageStatus
{
    /// <summary>
    /// Said when the answer begins, not before: the framework writes nothing of a page whose status is 404 while it is being written.
    /// </summary>
    public static void AnswerWith(this HttpContext http, int status)
    {
        ArgumentNullException.ThrowIfNull(http);
        http.Response.OnStarting(() =>
        {
            http.Response.StatusCode = status;
            return Task.CompletedTask;
        });
    }
}
