using System.Collections.Immutable;
using JobTracker.Grains.Stored;
using JobTracker.Organizations;
using JobTracker.Storage;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Orleans.Storage;

namespace JobTracker.Grains.Organizations;

/// <summary>What the grain storage "state" keeps of the list.</summary>
internal sealed class OrganizationDirectoryState
{
    /// <summary>Ascending, byte by byte.</summary>
    public ImmutableArray<string> Ids { get; init; } = [];
}

/// <summary>Lists an organization before it is made: so every one that there is stands here, and perhaps one that is not.</summary>
internal sealed class OrganizationDirectoryGrain(
    [PersistentState("organizations", "state")] IPersistentState<OrganizationDirectoryState> storage,
    IOptions<OrganizationOptions> options,
    ILogger<OrganizationDirectoryGrain> log) : Grain, IOrganizationDirectoryGrain, IIncomingGrainCallFilter
{
    private readonly LostWrites<OrganizationDirectoryState> _lost = new(storage, taken: () => { });

    public Task Invoke(IIncomingGrainCallContext context) => _lost.InvokeAsync(context);

    public async Task<OrganizationOutcome> CreateAsync(string id, string? name, OrganizationLimits limits)
    {
        if (!Contains(id, out var place))
        {
            if (storage.State.Ids.Length >= options.Value.Organizations)
                return OrganizationOutcome.TooMany;
            await SaveAsync(storage.State.Ids.Insert(place, id));
        }

        return await GrainFactory.GetGrain<IOrganizationGrain>(OrganizationKey.Of(id)).CreateAsync(name, limits)
            ? OrganizationOutcome.Accepted
            : OrganizationOutcome.Exists;
    }

    public Task<ImmutableArray<string>> ListAsync(string? after, int limit)
    {
        var first = after is null ? 0 : Contains(after, out var place) ? place + 1 : place;
        return Task.FromResult(storage.State.Ids.Skip(first).Take(limit).ToImmutableArray());
    }

    /// <param name="place">Where it is, or would be.</param>
    private bool Contains(string id, out int place)
    {
        place = storage.State.Ids.BinarySearch(id, StringComparer.Ordinal);
        var isThere = place >= 0;
        place = isThere ? place : ~place;
        return isThere;
    }

    private async Task SaveAsync(ImmutableArray<string> ids)
    {
        var before = storage.State;
        storage.State = new OrganizationDirectoryState { Ids = ids };
        try
        {
            await storage.WriteStateAsync();
        }
        catch (Exception problem)
        {
            storage.State = before;
            log.OrganizationNotStored(problem, this.GetPrimaryKeyString());
            if (problem is not InconsistentStateException)
            {
                _lost.Add();
                throw new OutcomeUnknownException("It is not known whether the organization was listed: make it again.");
            }

            DeactivateOnIdle();
            throw new StorageUnavailableException("The list of organizations could not be stored.");
        }
    }
}
