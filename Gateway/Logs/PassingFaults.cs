using System.Data.Common;
using System.Net.Sockets;
using JobTracker.Gateway.Problems;
using JobTracker.Storage;

namespace JobTracker.Gateway.Logs;

/// <summary>What fails because a database, a silo or a network is away, whoever meets it.</summary>
internal static class PassingFaults
{
    public static bool Has(Exception? fault)
    {
        for (var problem = fault; problem is not null; problem = problem.InnerException)
        {
            if (Outage.IsPassing(problem) || problem is DbException or SocketException or IOException or OperationCanceledException
                or OutcomeUnknownException or SignInUnavailableException
                || problem is OrleansException unread && Outage.IsUnreadState(unread))
                return true;
        }

        return false;
    }
}
