using JobTracker.Storage;

namespace JobTracker.Grains.Stored;

/// <summary>
/// What a grain that keeps its state in Orleans' own storage does about a write whose answer was lost: it may still come. So before
/// anything else is answered, what is stored is read and written once more:
/// the version moves on, and the lost write is refused when it comes.
/// </summary>
internal sealed class LostWrites<TState>(IPersistentState<TState> storage, Action taken)
{
    private bool _isOpen;
    private Task? _settling;

    /// <summary>After a write that failed in any way but for a version that was not the stored one.</summary>
    public void Add() => _isOpen = true;

    /// <summary>Before each call of the grain, those beside a write included.</summary>
    /// <exception cref="StorageUnavailableException">What is stored is not known yet.</exception>
    public async Task InvokeAsync(IIncomingGrainCallContext call)
    {
        if (_isOpen)
            await (_settling ??= SettleAsync());
        await call.Invoke();
    }

    private async Task SettleAsync()
    {
        try
        {
            await storage.ReadStateAsync();
            if (storage.RecordExists)
                await storage.WriteStateAsync();
            _isOpen = false;
            taken();
        }
        catch (Exception problem)
        {
            throw new StorageUnavailableException($"It is not known yet what is stored: {problem.Message}");
        }
        finally
        {
            _settling = null;
        }
    }
}
