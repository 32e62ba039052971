using System.Runtime.InteropServices;

namespace JobTracker.Grains.Batches.Providers;

/// <summary>A place in the results: everything up to line <paramref name="Line"/> of file <paramref name="File"/>.</summary>
/// <param name="File">A <see cref="ResultFile.Place"/>.</param>
/// <param name="Line">Lines of that file; 0 at its start.</param>
[StructLayout(LayoutKind.Auto)]
internal readonly record struct ResultCursor(int File, long Line);

/// <summary>One line of a result file. <see cref="At"/> is the cursor to store together with it.</summary>
/// <param name="Raw">
/// The provider's bytes without the line end, in memory of their own. Of an item they are valid JSON, with U+FFFD for what could not be
/// decoded: everybody who is given them can read them.
/// </param>
internal abstract record ResultLine(ResultCursor At, ReadOnlyMemory<byte> Raw)
{
    public sealed record Item(ResultCursor At, ReadOnlyMemory<byte> Raw, string CustomId, ItemOutcome Outcome) : ResultLine(At, Raw);

    /// <summary>
    /// A line that names no item: kept aside with its number, it stops nothing. Its <c>Raw</c> is at most its first 4 KiB.
    /// </summary>
    public sealed record Quarantined(ResultCursor At, ReadOnlyMemory<byte> Raw, string Reason) : ResultLine(At, Raw);

    /// <summary>
    /// The file ended cleanly inside this line: the pass is incomplete. <c>At</c> is the line before it, so that a new pass from there
    /// reads it again; when passes are used up it counts as quarantined.
    /// </summary>
    public sealed record Cut(ResultCursor At, ReadOnlyMemory<byte> Raw, string Reason) : ResultLine(At, Raw);
}
