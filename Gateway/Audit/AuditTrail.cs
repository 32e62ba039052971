using System.Security.Claims;
using JobTracker.Audit;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Problems;
using JobTracker.Gateway.Tracing;
using JobTracker.Storage;

namespace JobTracker.Gateway.Audit;

/// <summary>
/// Does administrative actions so that each of them is an audit event: written before the action is done, so that what cannot be written is
/// not done, and completed afterwards.
/// </summary>
internal sealed class AuditTrail(GrainCalls calls, ILogger<AuditTrail> log)
{
    /// <summary>The answer of <paramref name="act"/>, or its exception; neither depends on whether its end could be written.</summary>
    /// <param name="http">Behind authorization: the actor, the key and the address are the request's.</param>
    /// <param name="action">One of <see cref="AuditActions"/>.</param>
    /// <param name="subject">The id of what it is about; null: the organization itself.</param>
    /// <param name="act">The action. What only checks the request may be done before.</param>
    /// <param name="note">Why, in the actor's words.</param>
    /// <param name="organization">Whose event it is; null: the caller's.</param>
    /// <exception cref="StorageUnavailableException">The event could not be written, and nothing was done.</exception>
    public async Task<IResult> DoAsync(
        HttpContext http, string action, string? subject, Func<Task<IResult>> act, string? organization = null,
        string? note = null)
    {
        var caller = http.Caller();
        var id = await BeginAsync(new AuditEntry
        {
            OrganizationId = organization ?? caller.OrganizationId,
            Actor = caller.UserId,
            KeyId = http.User.FindFirstValue(CallerClaims.Key),
            Address = RemoteAddress.Of(http),
            Action = action,
            Subject = subject,
            Note = note,
        });
        try
        {
            var result = await act();
            await EndAsync(id, action, AuditEnd.Of(result));
            return result;
        }
        catch (Exception fault)
        {
            await EndAsync(id, action, AuditEnd.Of(fault));
            throw;
        }
    }

    private async Task<AuditEventId> BeginAsync(AuditEntry entry)
    {
        try
        {
            return await calls.Audit.SendAsync(audit => audit.BeginAsync(entry));
        }
        catch (Exception fault) when (ProblemMap.Of(fault, isCommand: true, job: null).Kind == ProblemKind.OutcomeUnknown)
        {
            // It is the event that may be there; the action is not done.
            throw new StorageUnavailableException($"The audit event may not be stored: {fault.Message}", fault);
        }
    }

    /// <summary>Never throws: what was done stays done.</summary>
    private async Task EndAsync(AuditEventId id, string action, AuditEnd end)
    {
        try
        {
            await calls.Audit.SendSafelyAsync(audit => audit.EndAsync(id, end.Outcome, end.Reason));
        }
        catch (Exception problem)
        {
            log.EndNotWritten(problem, id.ToString(), action, end.Outcome.Word);
        }
    }
}
