using System.Text.Json.Nodes;
using JobTracker.Tests.StandIn.Batches;

namespace JobTracker.Tests.StandIn.Faults;

/// <summary>Faults of the answer to a list.</summary>
internal static class ListFaults
{
    /// <summary>A list that lags leaves out what is younger than the fault's delay.</summary>
    public static List<ProviderBatch> Shown(Fault? fault, List<ProviderBatch> batches, DateTimeOffset now) =>
        fault?.Kind is FaultKind.LaggingList ? [.. batches.Where(batch => batch.Progress.CreatedAt + fault.Delay <= now)] : batches;

    public static JsonArray Apply(Fault? fault, JsonArray entries)
    {
        switch (fault?.Kind)
        {
            case FaultKind.NullMetadata:
                foreach (var entry in entries)
                    entry!["metadata"] = null;
                break;
            case FaultKind.NoMarks:
                foreach (var entry in entries)
                    (entry!["metadata"], entry["input_file_id"]) = (null, null);
                break;
            case FaultKind.OddEntries:
                entries.Insert(0, new JsonObject { ["id"] = "batch.with.dots" });
                entries.Add(new JsonObject { ["object"] = "batch" });
                entries.Add(null);
                entries.Add(7);
                break;
        }
        return entries;
    }
}
