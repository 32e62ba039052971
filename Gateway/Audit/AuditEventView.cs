using JobTracker.Audit;

namespace JobTracker.Gateway.Audit;

/// <summary>An administrative action, or a credential that was refused.</summary>
/// <param name="Id">`audit-` and a UUID; the order of the list.</param>
/// <param name="At">When it was begun; of refused credentials the first time.</param>
/// <param name="OrganizationId">Null: a credential whose organization is not known.</param>
/// <param name="Actor">The user; null: nobody was signed in.</param>
/// <param name="KeyId">The API key that was used, or tried.</param>
/// <param name="Address">Where the request came from.</param>
/// <param name="Action">What was done.</param>
/// <param name="Subject">The id of what it is about; null: the organization itself.</param>
/// <param name="Outcome">`begun`: it is not known how it ended.</param>
/// <param name="Count">How often, within about a second.</param>
/// <param name="Reason">Why it was refused, or is unknown.</param>
/// <param name="Note">Why it was done, in the actor's words: its first 255 characters.</param>
internal sealed record AuditEventView(
    string Id,
    DateTimeOffset At,
    string? OrganizationId,
    string? Actor,
    string? KeyId,
    string? Address,
    string Action,
    string? Subject,
    AuditOutcome Outcome,
    long Count,
    string? Reason,
    string? Note)
{
    public static AuditEventView Of(AuditEvent said) => new(
        said.Id.ToString(), said.Id.At, said.Entry.OrganizationId, said.Entry.Actor, said.Entry.KeyId, said.Entry.Address,
        said.Entry.Action, said.Entry.Subject, said.Outcome, said.Count, said.Reason, said.Entry.Note);
}
