using System.Net.Http.Headers;
using JobTracker.Grains.Batches.Providers.Http;

namespace JobTracker.Grains.Batches.Providers.OpenAI;

/// <summary>What a submission sends: a JSONL file made while it is uploaded, then the small create that names it.</summary>
internal static class OpenAIBody
{
    public static StreamedContent Lines(
        BatchSubmission submission, string endpoint, long maxBytes) => new("application/jsonl", maxBytes, async (body, cancellation) =>
    {
        await foreach (var item in submission.Items(cancellation).WithCancellation(cancellation))
        {
            body.Write("{\"custom_id\":"u8);
            body.WriteString(item.CustomId);
            body.Write(",\"method\":\"POST\",\"url\":"u8);
            body.WriteString(endpoint);
            body.Write(",\"body\":"u8);
            body.WriteOnOneLine(item.Parameters.Span);
            body.Write("}\n"u8);
            await body.FlushSometimesAsync(cancellation);
        }
    });

    /// <summary>
    /// Names are quoted, because some servers take nothing else. The file has one name, in ASCII, and no <c>filename*</c> (RFC 7578, 4.2),
    /// which <see cref="MultipartFormDataContent.Add(HttpContent, string, string)"/> would add with the quotes inside it: parsers that
    /// prefer it then see a name that does not end in .jsonl.
    /// </summary>
    public static MultipartFormDataContent Upload(StreamedContent lines, string submissionId)
    {
        lines.Headers.ContentDisposition = new ContentDispositionHeaderValue("form-data")
        {
            Name = "\"file\"",
            FileName = $"\"{FileName(submissionId)}.jsonl\"",
        };
        return new() { { new StringContent("batch"), "\"purpose\"" }, lines };
    }

    public static StreamedContent Create(
        string fileId, string endpoint, string submissionId) => new("application/json", maxBytes: 64 * 1024, (body, _) =>
    {
        body.Write("{\"input_file_id\":"u8);
        body.WriteString(fileId);
        body.Write(",\"endpoint\":"u8);
        body.WriteString(endpoint);
        body.Write(",\"completion_window\":\"24h\",\"metadata\":{\""u8);
        body.Write(System.Text.Encoding.UTF8.GetBytes(OpenAIBatch.SubmissionKey));
        body.Write("\":"u8);
        body.WriteString(submissionId);
        body.Write("}}"u8);
        return Task.CompletedTask;
    });

    private static string FileName(string submissionId) =>
        string.Concat(submissionId.Select(character => char.IsAsciiLetterOrDigit(character) || character is '-' or '_' ? character : '-'));
}
