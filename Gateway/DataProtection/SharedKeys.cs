using System.Collections.Immutable;
using System.Xml.Linq;
using JobTracker.Gateway.Calls;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace JobTracker.Gateway.DataProtection;

/// <summary>
/// The keys that all gateways have together, as this one last read them: whoever asks for them in a request waits for nobody.
/// </summary>
internal sealed class SharedKeys(GrainCalls calls) : IXmlRepository, IDisposable
{
    private Known? _known;
    private CancellationTokenSource _changed = new();

    /// <summary>Fires once there are others than those that are known now.</summary>
    public CancellationToken Changed => Volatile.Read(ref _changed).Token;

    /// <exception cref="InvalidOperationException">They were not read yet.</exception>
    public IReadOnlyCollection<XElement> GetAllElements() =>
        [.. (_known ?? throw new InvalidOperationException("The keys of data protection are not read yet.")).Elements.Select(XElement.Parse)];

    /// <summary>Returns once it is stored. The whole ring waits for it, which is rare: a key is made every 90 days.</summary>
    /// <exception cref="InvalidOperationException">There are too many keys.</exception>
    public void StoreElement(XElement element, string friendlyName)
    {
        ArgumentNullException.ThrowIfNull(element);
        var text = element.ToString(SaveOptions.DisableFormatting);
        // On no thread that anybody waits for to go on: a circuit's would stand still here.
        var stored = Task.Factory.StartNew(
            () => calls.DataProtectionKeys.SendSafelyAsync(keys => keys.AddAsync(text)),
            CancellationToken.None, TaskCreationOptions.DenyChildAttach, TaskScheduler.Default).Unwrap();
        if (!stored.GetAwaiter().GetResult())
            throw new InvalidOperationException("There is no room for another key of data protection.");
        Volatile.Write(ref _known, new Known([.. _known?.Elements ?? [], text]));
    }

    /// <summary>Reads them anew. True: they are others than before.</summary>
    public async Task<bool> ReadAsync()
    {
        var before = _known;
        var elements = await calls.DataProtectionKeys.ReadAsync(keys => keys.ListAsync());
        // What was stored here meanwhile is not lost again.
        if ((before is not null && before.Elements.SequenceEqual(elements))
            || Interlocked.CompareExchange(ref _known, new Known(elements), before) != before)
            return false;
        using var told = Interlocked.Exchange(ref _changed, new CancellationTokenSource());
        await told.CancelAsync();
        return true;
    }

    public void Dispose() => _changed.Dispose();

    private sealed record Known(ImmutableArray<string> Elements);
}
