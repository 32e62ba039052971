using System.Collections.Immutable;
using JobTracker.DataProtection;
using JobTracker.Grains.Stored;
using JobTracker.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace JobTracker.Grains.DataProtection;

/// <summary>What the grain storage "state" keeps of the keys.</summary>
internal sealed class DataProtectionKeysState
{
    public ImmutableArray<string> Elements { get; init; } = [];
}

/// <summary>Keeps what gateways give it: a key is answered once it is stored, and never forgotten.</summary>
internal sealed class DataProtectionKeysGrain(
    [PersistentState("data_protection", "state")] IPersistentState<DataProtectionKeysState> storage,
    ILogger<DataProtectionKeysGrain> log) : Grain, IDataProtectionKeysGrain, IIncomingGrainCallFilter
{
    /// <summary>A key is made every 90 days: more of them than this are a fault of whoever makes them.</summary>
    private const int MostElements = 1_000;

    private const int MostCharacters = 65_536;

    private readonly LostWrites<DataProtectionKeysState> _lost = new(storage, taken: () => { });

    public Task Invoke(IIncomingGrainCallContext context) => _lost.InvokeAsync(context);

    public Task<ImmutableArray<string>> ListAsync() => Task.FromResult(storage.State.Elements);

    public async Task<bool> AddAsync(string element)
    {
        var elements = storage.State.Elements;
        if (elements.Contains(element))
            return true;
        if (element.Length > MostCharacters || elements.Length >= MostElements)
            return false;
        await SaveAsync(elements.Add(element));
        return true;
    }

    private async Task SaveAsync(ImmutableArray<string> elements)
    {
        var before = storage.State;
        storage.State = new DataProtectionKeysState { Elements = elements };
        try
        {
            await storage.WriteStateAsync();
        }
        catch (Exception problem)
        {
            storage.State = before;
            log.ProtectionKeyNotStored(problem);
            if (problem is not InconsistentStateException)
            {
                _lost.Add();
                throw new OutcomeUnknownException("It is not known whether the key of data protection was stored: add it again.");
            }

            DeactivateOnIdle();
            throw new StorageUnavailableException("The key of data protection could not be stored.");
        }
    }
}
