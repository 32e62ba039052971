using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using JobTracker.Grains.Storage.Audit;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Grains.Storage.Jobs;
using JobTracker.Grains.Storage.Operations;
using JobTracker.Jobs;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Storage;

namespace JobTracker.Tests.Integration.Gateway.Isolation;

/// <summary>What a request read of the stores, each read as its method and what it asked for. What the service reads at moments of its own
/// is left out.</summary>
internal sealed class StorageReads
{
    private const string State = "state";
    private static readonly string[] OfRequests = ["Read", "Find", "List", "Count", "IsTaken"];
    private static readonly string[] OfTheService =
    [
        "ReadDueAsync", "ReadNoticesAsync", "ReadSubmissionAsync", "ReadOwedJobsAsync", "ReadOpenOrganizationsAsync",
    ];

    private readonly ConcurrentQueue<string> _reads = new();

    /// <summary>Puts itself before every store of a host.</summary>
    public void Watch(IServiceCollection services)
    {
        Watch<IJobStore>(services);
        Watch<IBatchStore>(services);
        Watch<IAuditStore>(services);
        Watch<IOperationStore>(services);
        var state = services.Last(service => service.ServiceType == typeof(IGrainStorage) && Equals(service.ServiceKey, State));
        services.Remove(state);
        services.AddKeyedSingleton<IGrainStorage>(
            State, (provider, key) => new WatchedState((IGrainStorage)state.KeyedImplementationFactory!(provider, key), this));
    }

    /// <summary>What was read meanwhile, in an order that two runs have in common.</summary>
    public async Task<(T Answer, string[] Reads)> OfAsync<T>(Func<Task<T>> act)
    {
        _reads.Clear();
        var answer = await act();
        return (answer, [.. _reads.Order(StringComparer.Ordinal)]);
    }

    private void Watch<T>(IServiceCollection services)
        where T : class
    {
        var store = services.Last(service => service.ServiceType == typeof(T));
        services.AddKeyedSingleton(State, (provider, _) =>
            (T)(store.ImplementationInstance ?? store.ImplementationFactory!(provider)));
        services.AddSingleton(provider => WatchedStore.Of(provider.GetRequiredKeyedService<T>(State), this));
    }

    private void Note(string read) => _reads.Enqueue(read);

    private static bool IsOfRequest(string method) =>
        OfRequests.Any(verb => method.StartsWith(verb, StringComparison.Ordinal)) && !OfTheService.Contains(method);

    private static string Text(object? argument) => argument switch
    {
        // An operation looks at the jobs before itself, whose id is new.
        JobQuery { Before: not null, Ascending: true } query => $"{query with { Before = null }}",
        string text => text,
        System.Collections.IEnumerable many => string.Join('+', many.Cast<object>()),
        CancellationToken => "",
        _ => $"{argument}",
    };

    /// <summary>A store that tells what it was asked.</summary>
    [SuppressMessage("Performance", "CA1852", Justification = "The runtime derives the proxy from it.")]
    internal class WatchedStore : DispatchProxy
    {
        private object _store = null!;
        private StorageReads _reads = null!;

        public static T Of<T>(T store, StorageReads reads)
            where T : class
        {
            var proxy = Create<T, WatchedStore>();
            ((WatchedStore)(object)proxy)._store = store;
            ((WatchedStore)(object)proxy)._reads = reads;
            return proxy;
        }

        protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
        {
            if (IsOfRequest(targetMethod!.Name))
                _reads.Note($"{targetMethod.DeclaringType!.Name}.{targetMethod.Name}({string.Join(',', args!.Select(Text))})");
            return targetMethod.Invoke(_store, args);
        }
    }

    private sealed class WatchedState(IGrainStorage storage, StorageReads reads) : IGrainStorage, ILifecycleParticipant<ISiloLifecycle>
    {
        public Task ReadStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState)
        {
            reads.Note($"{State}({grainId})");
            return storage.ReadStateAsync(stateName, grainId, grainState);
        }

        public Task WriteStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            storage.WriteStateAsync(stateName, grainId, grainState);

        public Task ClearStateAsync<T>(string stateName, GrainId grainId, IGrainState<T> grainState) =>
            storage.ClearStateAsync(stateName, grainId, grainState);

        public void Participate(ISiloLifecycle observer) => (storage as ILifecycleParticipant<ISiloLifecycle>)?.Participate(observer);
    }
}
