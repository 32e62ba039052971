using JobTracker.Grains.Batches.Providers.Errors;

namespace JobTracker.Grains.Batches.Providers.Http;

/// <summary>An answer that is being read; disposing it gives up the connection.</summary>
internal sealed class ProviderBody(HttpResponseMessage answer, Stream body, ProgressDeadline deadline) : IDisposable
{
    public Stream Stream { get; } = new ProgressStream(body, deadline);

    /// <summary>Such as <c>text/html</c>; null where the answer does not say it.</summary>
    public string? MediaType => answer.Content.Headers.ContentType?.MediaType;

    /// <summary>What a failure while reading means.</summary>
    public ProviderException Failed(Exception cause) => new(ProviderErrors.FromException(cause, sent: true, deadline.Expired), cause);

    public void Dispose()
    {
        Stream.Dispose();
        answer.Dispose();
        deadline.Dispose();
    }
}
