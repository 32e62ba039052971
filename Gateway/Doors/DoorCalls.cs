using System.Diagnostics;
using JobTracker.Gateway.Auth;
using JobTracker.Gateway.Calls;
using JobTracker.Gateway.Problems;
using JobTracker.Keys;
using JobTracker.Pages.Callers;
using JobTracker.Pages.Doors;

namespace JobTracker.Gateway.Doors;

/// <summary>
/// What every door does: asks for the scope that the API's endpoint needs, gives each call the time of a request, and says what went wrong
/// in the words of the API's problems.
/// </summary>
internal static class DoorCalls
{
    /// <exception cref="PageFaultException">No answer, or the scope is missing.</exception>
    public static async Task<T> ReadAsync<T>(PageCaller who, string scope, Func<Task<T>> read)
    {
        Require(who.May(scope), scope);
        return await TellAsync(read, isCommand: false);
    }

    /// <summary>A command of whoever sent the form.</summary>
    /// <exception cref="PageFaultException">No answer, or the scope is missing.</exception>
    public static async Task<T> SendAsync<T>(HttpContext http, string scope, Func<Task<T>> send)
    {
        Require(Scopes.Allow(http.SignedIn().Scopes, scope), scope);
        return await TellAsync(send, isCommand: true);
    }

    /// <summary>A problem as a page shows it.</summary>
    public static PageFault FaultOf(Problem problem) =>
        new(problem.Title, problem.Detail, problem.Status, Activity.Current?.TraceId.ToString());

    private static void Require(bool isHeld, string scope)
    {
        if (!isHeld)
            throw new PageFaultException(FaultOf(ProblemMap.ScopeMissing(scope)));
    }

    private static async Task<T> TellAsync<T>(Func<Task<T>> ask, bool isCommand)
    {
        // A circuit lives for hours: what went wrong before is no reason to give this call less time.
        CallBudget.Renew();
        try
        {
            return await ask();
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or PageFaultException))
        {
            throw new PageFaultException(FaultOf(ProblemMap.Of(fault, isCommand, job: null)), fault);
        }
    }
}
