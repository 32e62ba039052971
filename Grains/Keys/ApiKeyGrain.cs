using JobTracker.Callers;
using JobTracker.Grains.Absent;
using JobTracker.Grains.Stored;
using JobTracker.Keys;
using JobTracker.Organizations;
using JobTracker.Storage;
using Microsoft.Extensions.Logging;
using Orleans.Storage;

namespace JobTracker.Grains.Keys;

/// <summary>
/// One API key: what it opens, until when, and who may change that. Answers from what is stored, never from what is being stored.
/// </summary>
internal sealed class ApiKeyGrain(
    [PersistentState("api_key", "state")] IPersistentState<ApiKeyState> storage,
    AbsentGrains absent,
    TimeProvider clock,
    ILogger<ApiKeyGrain> log) : Grain, IApiKeyGrain, IIncomingGrainCallFilter
{
    /// <summary>How often its last use is written at most.</summary>
    private static readonly TimeSpan UseWritten = TimeSpan.FromMinutes(1);

    private readonly LostWrites<ApiKeyState> _lost = new(storage, taken: () => { });
    private IGrainTimer? _noting;
    private DateTimeOffset _usedAt;
    private DateTimeOffset _useNotBefore;

    private KeyId Id =>
        KeyId.TryParse(this.GetPrimaryKeyString(), out var id) ? id : throw new InvalidOperationException("This is not a key's id.");

    public Task Invoke(IIncomingGrainCallContext context) => _lost.InvokeAsync(context);

    public async Task<KeyOutcome> CreateAsync(CreateKey command)
    {
        if (storage.State.OrganizationId is not null)
            return new KeyOutcome.Taken();
        await absent.WhileMadeAsync(
            GrainContext,
            async () =>
            {
                await SaveAsync(ApiKeyState.Of(command, clock.GetUtcNow()));
                return true;
            },
            () => storage.State.OrganizationId is not null);
        log.KeyMade(Id, command.OrganizationId);
        return Accepted();
    }

    public async Task<ApiKeySnapshot?> GetAsync(Caller caller)
    {
        if (Visible(caller) is not { } key)
            return null;
        if (!key.IsOver(clock.GetUtcNow()))
            return key.Show(Id, clock.GetUtcNow());
        await storage.ClearStateAsync();
        storage.State = new ApiKeyState();
        return null;
    }

    public Task<bool> ExistsAsync() => Task.FromResult(Here() is not null);

    public async Task<KeyOutcome> RotateAsync(KeyManager manager, RotateKey command)
    {
        if (Refusal(manager) is { } refusal)
            return refusal;
        if (storage.State.HasEnded(clock.GetUtcNow()))
            return new KeyOutcome.Ended();
        await SaveAsync(storage.State.Rotate(command, clock.GetUtcNow()));
        log.KeyRotated(Id);
        return Accepted();
    }

    public async Task<KeyOutcome> RevokeAsync(KeyManager manager)
    {
        if (Refusal(manager) is { } refusal)
            return refusal;
        if (storage.State.RevokedAt is null)
        {
            await SaveAsync(storage.State with { RevokedAt = clock.GetUtcNow() });
            log.KeyRevoked(Id);
        }

        return Accepted();
    }

    public async Task<KeyStanding?> CheckAsync(SecretHash hash)
    {
        if (Here() is not { OrganizationId: { } organization } key)
            return null;
        if (!key.Opens(hash, clock.GetUtcNow())
            || await GrainFactory.GetGrain<IOrganizationGrain>(OrganizationKey.Of(organization)).GetStandingAsync() is not { } limits)
            return null;
        NoteUse();
        return new KeyStanding(Id, organization, key.UserId, [.. key.Scopes], key.ExpiresAt, limits);
    }

    private ApiKeyState? Visible(Caller caller) =>
        Here() is { } key && (caller.IsAdmin || key.OrganizationId == caller.OrganizationId) ? key : null;

    /// <summary>The key, or null where there is none: then the grain stays for seconds.</summary>
    private ApiKeyState? Here()
    {
        if (storage.State.OrganizationId is null)
            absent.Add(GrainContext);
        return storage.State.OrganizationId is null ? null : storage.State;
    }

    private KeyOutcome? Refusal(KeyManager manager)
    {
        if (Visible(manager.Caller) is not { } key)
            return new KeyOutcome.NotFound();
        return manager.Lacks(key.Scopes) is { } scope ? new KeyOutcome.Beyond(scope) : null;
    }

    private KeyOutcome.Accepted Accepted() => new(storage.State.Show(Id, clock.GetUtcNow()));

    /// <summary>By a timer, so that no check waits for a write, and no write runs beside another.</summary>
    private void NoteUse()
    {
        _usedAt = clock.GetUtcNow();
        if (_usedAt - storage.State.LastUsedAt < UseWritten || _usedAt < _useNotBefore)
            return;
        _noting ??= this.RegisterGrainTimer(
            WriteUseAsync, new GrainTimerCreationOptions { DueTime = TimeSpan.Zero, Period = Timeout.InfiniteTimeSpan });
    }

    /// <summary>A key goes on working while its use cannot be written: that is tried again a minute later.</summary>
    private async Task WriteUseAsync(CancellationToken cancellation)
    {
        var before = storage.State;
        try
        {
            if (before.OrganizationId is null)
                return;
            storage.State = before with { LastUsedAt = _usedAt };
            await storage.WriteStateAsync(cancellation);
        }
        catch (Exception problem)
        {
            storage.State = before;
            _useNotBefore = clock.GetUtcNow() + UseWritten;
            log.UseNotWritten(problem.Message, Id);
        }
        finally
        {
            _noting?.Dispose();
            _noting = null;
        }
    }

    private async Task SaveAsync(ApiKeyState next)
    {
        var before = storage.State;
        storage.State = next;
        try
        {
            await storage.WriteStateAsync();
        }
        catch (Exception problem)
        {
            // The next call reads what the database has.
            storage.State = before;
            log.KeyNotStored(problem, Id);
            if (problem is not InconsistentStateException)
            {
                _lost.Add();
                throw new OutcomeUnknownException("It is not known whether the key was stored: read it.");
            }

            DeactivateOnIdle();
            throw new StorageUnavailableException("The key could not be stored.");
        }
    }
}
