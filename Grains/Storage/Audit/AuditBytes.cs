using JobTracker.Audit;

namespace JobTracker.Grains.Storage.Audit;

/// <summary>How many bytes an event has on a page of the HTTP API: never fewer than it will have, and hardly more.</summary>
internal static class AuditBytes
{
    /// <summary>The names of all fields, and values that are always short: the id, the moment, the outcome, the number.</summary>
    private const long Fixed = 320;

    public static long Of(AuditEvent said) => Fixed
        + JsonBytes.OfText(said.Entry.OrganizationId)
        + JsonBytes.OfText(said.Entry.Actor)
        + JsonBytes.OfText(said.Entry.KeyId)
        + JsonBytes.OfText(said.Entry.Address)
        + JsonBytes.OfText(said.Entry.Action)
        + JsonBytes.OfText(said.Entry.Subject)
        + JsonBytes.OfText(said.Entry.Note)
        + JsonBytes.OfText(said.Reason);
}
