namespace JobTracker.Batches.Jsonl;

/// <summary>One line of a JSONL text, without its line end.</summary>
/// <param name="Number">1 for the first line; blank lines count.</param>
/// <param name="Bytes">The whole line in memory of its own, or its start, at most 4 KiB, when it is <paramref name="TooLong"/>.</param>
/// <param name="Length">Bytes in the line, also when it is too long to be kept.</param>
/// <param name="Terminated">A line end followed. False for the last line of a text that ends without one, which may have been cut.</param>
/// <param name="TooLong">The line passed the reader's limit and was dropped while it was read.</param>
internal readonly record struct JsonlLine(long Number, ReadOnlyMemory<byte> Bytes, long Length, bool Terminated, bool TooLong);
