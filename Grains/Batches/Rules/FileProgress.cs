namespace JobTracker.Grains.Batches.Rules;

/// <summary>How far a result file was read in this pass; stored together with the lines.</summary>
/// <param name="File">The provider's id of it. A file that appears later has another one, so that nothing shifts by it.</param>
/// <param name="Line">Lines that are done; 0 at its start.</param>
/// <param name="Items">Lines that named an item, and those of them that were answered, well or not.</param>
/// <param name="Ended">There is nothing more to read of it in this pass.</param>
/// <param name="Fault">Why it may hold more than it gave; null: nothing says so.</param>
/// <param name="Cut">It ended inside a line.</param>
internal sealed record FileProgress(
    string File, long Line = 0, long Items = 0, long Finished = 0, bool Ended = false, string? Fault = null, bool Cut = false);
