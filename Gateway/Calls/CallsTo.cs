namespace JobTracker.Gateway.Calls;

/// <summary>The calls to one grain, each of which is answered in time or ends with what is known of it.</summary>
internal readonly struct CallsTo<TGrain>(BoundedCalls calls, Func<TGrain> grain, CallPace pace)
{
    /// <summary>The same grain, for calls that take long by themselves.</summary>
    public CallsTo<TGrain> Patiently => new(calls, grain, calls.Slow);

    /// <summary>Asks again where no answer comes.</summary>
    public Task<T> ReadAsync<T>(Func<TGrain, Task<T>> read)
    {
        var of = grain;
        return calls.AgainAsync(_ => read(of()), pace);
    }

    /// <summary>A command that is sent again only where it is certain that nothing of it was done.</summary>
    /// <exception cref="TimeoutException">It may have been carried out.</exception>
    public Task<T> SendAsync<T>(Func<TGrain, Task<T>> command)
    {
        var of = grain;
        return calls.OnceAsync(() => command(of()), pace);
    }

    /// <inheritdoc cref="SendAsync{T}"/>
    public Task SendAsync(Func<TGrain, Task> command) => SendAsync(async grain =>
    {
        await command(grain);
        return true;
    });

    /// <summary>A command that is harmless twice, and answers the same then: it is sent again where no answer comes.</summary>
    /// <exception cref="TimeoutException">It may have been carried out.</exception>
    public Task<T> SendSafelyAsync<T>(Func<TGrain, Task<T>> command) => ReadAsync(command);

    /// <inheritdoc cref="SendSafelyAsync{T}"/>
    public Task SendSafelyAsync(Func<TGrain, Task> command) => ReadAsync(async grain =>
    {
        await command(grain);
        return true;
    });

    /// <summary>
    /// A call that the grain parks, for <paramref name="longest"/> at most. It ends a second later, and as soon as a part of the cluster is
    /// lost: whoever waits asks again.
    /// </summary>
    public Task<T> ParkAsync<T>(TimeSpan longest, Func<TGrain, CancellationToken, Task<T>> call, CancellationToken stop)
    {
        var of = grain;
        return calls.ParkAsync(token => call(of(), token), longest, stop);
    }
}
