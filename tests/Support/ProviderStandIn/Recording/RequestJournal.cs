using JobTracker.Tests.StandIn.Wire;

namespace JobTracker.Tests.StandIn.Recording;

/// <summary>What came in, in order of arrival: the newest 200,000 requests. Control requests (<c>/_standin</c>) are not in it.</summary>
public sealed class RequestJournal
{
    private const int Limit = 200_000;

    private readonly Lock _gate = new();
    private readonly Queue<JournalEntry> _entries = [];
    private readonly List<(Func<JournalEntry, bool> Match, TaskCompletionSource<JournalEntry> Found)> _waiting = [];

    public IReadOnlyList<JournalEntry> Entries
    {
        get
        {
            lock (_gate)
                return [.. _entries];
        }
    }

    /// <summary>How many batches a client tried to create, retries included.</summary>
    public int Creates => Count(StandInRoute.AnthropicCreate) + Count(StandInRoute.OpenAiCreate);

    /// <summary>Every host that was called. More than one: the client left its configured base.</summary>
    public IReadOnlySet<string> Hosts => Entries.Select(entry => entry.Host).ToHashSet();

    public IReadOnlySet<string> ApiKeys => Entries.Select(entry => entry.ApiKey).ToHashSet();

    public IReadOnlyList<JournalEntry> Of(StandInRoute route) => [.. Entries.Where(entry => entry.Route == route)];

    public int Count(StandInRoute route) => Entries.Count(entry => entry.Route == route);

    /// <summary>
    /// The times between the status requests for one batch, or for all of a key's when <paramref name="batchId"/> is null.
    /// </summary>
    public IReadOnlyList<TimeSpan> PollSpacing(string? batchId = null, string? apiKey = null)
    {
        var polls = Entries.Where(entry => entry.Route is StandInRoute.AnthropicGet or StandInRoute.OpenAiGet)
            .Where(entry => batchId is null || entry.Path.EndsWith("/" + batchId, StringComparison.Ordinal))
            .Where(entry => apiKey is null || entry.ApiKey == apiKey)
            .Select(entry => entry.At).ToList();
        return [.. polls.Zip(polls.Skip(1), (earlier, later) => later - earlier)];
    }

    /// <summary>
    /// The first request, past or to come, that matches. Completes on arrival; await <see cref="JournalEntry.Answered"/> for the rest.
    /// </summary>
    public Task<JournalEntry> WhenAsync(Func<JournalEntry, bool> match, CancellationToken cancellation = default)
    {
        lock (_gate)
        {
            if (_entries.FirstOrDefault(match) is { } past)
                return Task.FromResult(past);
            var found = new TaskCompletionSource<JournalEntry>(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((match, found));
            return found.Task.WaitAsync(cancellation);
        }
    }

    public Task<JournalEntry> WhenAsync(StandInRoute route, CancellationToken cancellation = default) =>
        WhenAsync(entry => entry.Route == route, cancellation);

    internal void Add(JournalEntry entry)
    {
        lock (_gate)
        {
            _entries.Enqueue(entry);
            if (_entries.Count > Limit)
                _entries.Dequeue();
            _waiting.RemoveAll(waiter => waiter.Match(entry) && waiter.Found.TrySetResult(entry));
        }
    }
}
