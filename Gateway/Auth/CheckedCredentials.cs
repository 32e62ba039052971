using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace JobTracker.Gateway.Auth;

/// <summary>
/// Answers of the cluster about credentials, good ones and refused ones, each remembered for <see cref="Lifetime"/> from the moment in
/// which it was asked for: so long a revocation may take to count here. Those who ask at the same time share one question.
/// </summary>
/// <remarks>A question that failed is forgotten: who cannot be asked about is not let in.</remarks>
internal sealed class CheckedCredentials<TKey, TAnswer>(int most, TimeProvider clock)
    where TKey : notnull
    where TAnswer : class
{
    /// <summary>How long an answer counts.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(3);

    private readonly ConcurrentDictionary<TKey, Answer> _answers = new();

    /// <summary>What is remembered, or being asked; false: nothing, or it is too old.</summary>
    public bool TryFind(TKey key, [NotNullWhen(true)] out Task<TAnswer?>? answer)
    {
        answer = _answers.TryGetValue(key, out var known) && Counts(known, clock.GetTimestamp()) ? known.Value : null;
        return answer is not null;
    }

    public ValueTask<TAnswer?> OfAsync(TKey key, Func<TKey, Task<TAnswer?>> ask)
    {
        var now = clock.GetTimestamp();
        if (_answers.TryGetValue(key, out var known) && Counts(known, now))
            return known.Value.IsCompletedSuccessfully ? new(known.Value.Result) : new(known.Value);
        return new(AskAsync(key, known, now, ask));
    }

    private bool Counts(Answer answer, long now) => clock.GetElapsedTime(answer.Asked, now) < Lifetime;

    private Task<TAnswer?> AskAsync(TKey key, Answer? old, long now, Func<TKey, Task<TAnswer?>> ask)
    {
        var source = new TaskCompletionSource<TAnswer?>(TaskCreationOptions.RunContinuationsAsynchronously);
        var mine = new Answer(source.Task, now);
        var isMine = old is null ? _answers.TryAdd(key, mine) : _answers.TryUpdate(key, mine, old);
        if (!isMine && _answers.TryGetValue(key, out var other))
            return other.Value;
        if (_answers.Count > most)
            Forget(now);
        return CompleteAsync(key, mine, source, ask);
    }

    private async Task<TAnswer?> CompleteAsync(
        TKey key, Answer mine, TaskCompletionSource<TAnswer?> source, Func<TKey, Task<TAnswer?>> ask)
    {
        try
        {
            source.SetResult(await ask(key));
        }
        catch (Exception fault)
        {
            _answers.TryRemove(new KeyValuePair<TKey, Answer>(key, mine));
            source.SetException(fault);
        }

        return await source.Task;
    }

    /// <summary>What is too old goes; and where that leaves too many, all: each is asked for once more.</summary>
    private void Forget(long now)
    {
        foreach (var answer in _answers.Where(answer => !Counts(answer.Value, now)))
            _answers.TryRemove(answer);
        if (_answers.Count > most)
            _answers.Clear();
    }

    private sealed record Answer(Task<TAnswer?> Value, long Asked);
}
