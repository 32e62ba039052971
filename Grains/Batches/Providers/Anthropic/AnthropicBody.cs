using JobTracker.Grains.Batches.Providers.Http;

namespace JobTracker.Grains.Batches.Providers.Anthropic;

/// <summary>The body of a create: <c>{"requests": [{"custom_id", "params"}]}</c>.</summary>
internal static class AnthropicBody
{
    public static StreamedContent Of(
        BatchSubmission submission, long maxBytes) => new("application/json", maxBytes, async (body, cancellation) =>
    {
        body.Write("{\"requests\":["u8);
        var first = true;
        await foreach (var item in submission.Items(cancellation).WithCancellation(cancellation))
        {
            body.Write(first ? "{\"custom_id\":"u8 : ",\n{\"custom_id\":"u8);
            body.WriteString(item.CustomId);
            body.Write(",\"params\":"u8);
            body.Write(item.Parameters.Span);
            body.Write("}"u8);
            await body.FlushSometimesAsync(cancellation);
            first = false;
        }
        body.Write("]}"u8);
    });
}
