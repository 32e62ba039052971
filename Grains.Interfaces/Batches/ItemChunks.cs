using System.Collections.Immutable;

namespace JobTracker.Batches;

/// <summary>Cuts a stream of items into chunks as <see cref="ItemChunk"/> bounds them. Holds one chunk.</summary>
internal sealed class ItemChunks
{
    private readonly ImmutableArray<NewItem>.Builder _items = ImmutableArray.CreateBuilder<NewItem>();
    private long _bytes;
    private long _first;

    /// <summary>Items taken so far.</summary>
    public long Count => _first + _items.Count;

    /// <summary>Takes an item; the chunk that has no room for it is full and comes out.</summary>
    public ItemChunk? Add(NewItem item)
    {
        var isFull = _items.Count == ItemChunk.MaxItems || (_items.Count > 0 && _bytes + item.Params.Length > ItemChunk.MaxBytes);
        var full = isFull ? Take() : null;
        _items.Add(item);
        _bytes += item.Params.Length;
        return full;
    }

    /// <summary>What is left at the end; null where nothing is.</summary>
    public ItemChunk? Rest() => _items.Count == 0 ? null : Take();

    private ItemChunk Take()
    {
        var chunk = new ItemChunk(_first, _items.ToImmutable());
        _first += _items.Count;
        _items.Clear();
        _bytes = 0;
        return chunk;
    }
}

/// <summary>
/// The form of a custom_id in a create: <c>[A-Za-z0-9_-]{1,64}</c>. It is Anthropic's rule, kept for every dialect, so that a batch can go
/// to another provider and an item has a plain URL. Results of an adopted batch may carry other ids; they are taken as they are.
/// </summary>
public static class CustomId
{
    public const int MaxLength = 64;

    public static bool IsWellFormed(ReadOnlySpan<char> text)
    {
        if (text.Length is 0 or > MaxLength)
            return false;
        foreach (var character in text)
        {
            if (!char.IsAsciiLetterOrDigit(character) && character is not ('_' or '-'))
                return false;
        }
        return true;
    }
}
