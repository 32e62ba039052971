using System.Text.RegularExpressions;

namespace JobTracker.Tests.Integration.Gateway.Isolation;

/// <summary>An answer without what differs from request to request: two that say the same are the same text.</summary>
internal static partial class Comparison
{
    private static readonly string[] OfTheMoment = ["Date", "X-Request-ID", "RateLimit"];

    /// <summary>The same of what goes on by itself once it is made: how far it has come differs, too.</summary>
    public static string OfMoving(Answer answer, Named asked) => Progress().Replace(Of(answer, asked), "<progress>");

    /// <param name="asked">The ids that the request named, which the answer may repeat.</param>
    public static string Of(Answer answer, Named asked)
    {
        var headers = answer.Headers.Where(header => !OfTheMoment.Contains(header.Key))
            .Select(header => $"{header.Key}: {string.Join(',', header.Value)}\n");
        var text = $"{answer.Status} {string.Concat(headers)}{answer.ContentType}{Request().Replace(answer.Raw, "")}";
        return Made().Replace(asked.Strip(text), "<made>");
    }

    [GeneratedRegex("\"(instance|trace_id)\":\"[^\"]*\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Request();

    [GeneratedRegex(
        "ETag: \"\\d+\"|\"(phase|attempts|provider_batch_id|submitted_at|next_poll_at|version)\":[^,}]*", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Progress();

    /// <summary>The ids and times of what was made.</summary>
    [GeneratedRegex(
        @"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|\d{4}-\d\d-\d\dT[\d:.]+Z", RegexOptions.ExplicitCapture,
        matchTimeoutMilliseconds: 1000)]
    private static partial Regex Made();
}
