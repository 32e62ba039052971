using JobTracker.Grains.Jobs.Life;

namespace JobTracker.Grains.Jobs.Callbacks;

/// <summary>What an attempt tells of its receiver, counted in the write that stores it.</summary>
/// <param name="Host">The host alone, whatever the port: what a list's <c>callback_host</c> finds.</param>
/// <param name="At">When the attempt began.</param>
/// <param name="Error">Null: the receiver took it.</param>
internal sealed record ReceiverResult(string Host, DateTimeOffset At, string? Error)
{
    public bool IsDelivered => Error is null;

    /// <summary>Of the attempt that is new in <paramref name="next"/>; null: none is.</summary>
    public static ReceiverResult? Between(Job? before, Job next) =>
        next.Snapshot.Callback is { } callback && callback.Attempts > (before?.Snapshot.Callback?.Attempts ?? 0)
        && next.CallbackLog.Last is [.., var attempt] && Uri.TryCreate(callback.Url, UriKind.Absolute, out var uri)
            ? new ReceiverResult(uri.IdnHost, attempt.At, attempt.Error)
            : null;
}
