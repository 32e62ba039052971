namespace JobTracker.Grains.Callbacks.Sending;

/// <summary>One callback: the same id, address and bytes in each of its attempts.</summary>
/// <param name="Id">The <c>webhook-id</c>; see <see cref="IdOf"/>.</param>
/// <param name="Url">As the job has it.</param>
/// <param name="Body">From <see cref="CallbackBody"/>.</param>
internal sealed record CallbackMessage(string Id, string Url, ReadOnlyMemory<byte> Body)
{
    /// <summary>The <c>webhook-id</c> of a job's callback, such as <c>msg_job-019..._completed</c>.</summary>
    /// <remarks>A job enters a terminal status once and for all, so the two name the callback: retries and redeliveries, from any silo
    /// and after any crash, bear the same id with nothing more to store. The id holds no full stop, which delimits the signed
    /// text.</remarks>
    public static string IdOf(string jobId, string status) => $"msg_{jobId}_{status}";

    /// <summary>The host and port that share a concurrency limit, such as <c>example.org:443</c>; null when the text is no URL.</summary>
    public static string? HostOf(string url) => Uri.TryCreate(url, UriKind.Absolute, out var uri) ? $"{uri.IdnHost}:{uri.Port}" : null;
}
