using System.Text.Json.Nodes;

namespace JobTracker.Tests.StandIn.Faults;

/// <summary>Faults inside the batch object that a create, a poll or a cancel answers with.</summary>
internal static class BatchFaults
{
    private static readonly string[] Kept = ["id", "object", "type"];

    /// <summary>How long after its connection broke a create is carried out.</summary>
    public static TimeSpan Lateness(Fault? fault) => fault?.Kind is FaultKind.CarriedOutLate ? fault.Delay : TimeSpan.Zero;

    public static JsonObject Apply(Fault? fault, JsonObject batch, string statusField)
    {
        switch (fault?.Kind)
        {
            case FaultKind.UnknownBatchStatus:
                batch[statusField] = "hibernating";
                break;
            case FaultKind.UppercaseStatus:
                batch[statusField] = ((string)batch[statusField]!).ToUpperInvariant();
                break;
            case FaultKind.NoFileIds:
                (batch["output_file_id"], batch["error_file_id"]) = (null, null);
                break;
            case FaultKind.NoOutputFileId:
                batch["output_file_id"] = null;
                break;
            case FaultKind.NoErrorFileId:
                batch["error_file_id"] = null;
                break;
            case FaultKind.ExtraFields:
                batch["from_the_future"] = new JsonObject { ["nested"] = new JsonArray(1, 2) };
                break;
            case FaultKind.MissingFields:
                foreach (var name in batch.Select(field => field.Key).Except([.. Kept, statusField]).ToList())
                    batch.Remove(name);
                break;
        }

        return batch;
    }
}
