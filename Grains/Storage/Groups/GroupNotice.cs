using JobTracker.Jobs;

namespace JobTracker.Grains.Storage.Groups;

/// <summary>A group has to look at its counts. It makes it look, no more: what is so the counts decide.</summary>
/// <param name="Slot">The writer that left it.</param>
/// <param name="Number">Rises with each that the writer leaves.</param>
internal readonly record struct GroupNotice(JobId Group, int Slot, long Number);
