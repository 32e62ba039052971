using JobTracker.Cluster;
using JobTracker.Gateway.Calls;
using JobTracker.Storage;

namespace JobTracker.Gateway.Problems;

/// <summary>Which faults pass by themselves.</summary>
internal static class Outage
{
    /// <summary>The cluster or its database did not answer now; asking again may help.</summary>
    public static bool IsPassing(Exception fault) => fault is ClusterUnavailableException
        or ClientRefusedException // until this process is given the cluster's secret
        || CallFailures.Of(fault) is CallFailure.NotDelivered or CallFailure.NotDone or CallFailure.Lost;

    /// <summary>A grain on Orleans' own storage could not be activated: Orleans tells it by these words alone.</summary>
    public static bool IsUnreadState(OrleansException fault) =>
        fault.Message.StartsWith("Error from storage provider", StringComparison.Ordinal)
        && fault.Message.Contains(" during ReadStateAsync ", StringComparison.Ordinal);

    /// <summary>The cluster answered that its database did not.</summary>
    public static bool IsOfStorage(Exception fault) => fault is StorageUnavailableException or StorageOverloadedException;
}

/// <summary>A credential could not be checked: nobody is let in on it, and nothing has been done.</summary>
internal sealed class SignInUnavailableException(Exception cause) : Exception("The credentials cannot be checked now.", cause)
{
    /// <summary>Asks the cluster; that it does not answer says nothing about the request, which has not begun.</summary>
    public static async Task<T> UnlessAnsweredAsync<T>(Func<Task<T>> ask)
    {
        try
        {
            return await ask();
        }
        catch (Exception fault) when (Outage.IsPassing(fault) || fault is OrleansException)
        {
            throw new SignInUnavailableException(fault);
        }
    }
}

/// <summary>The organization's other bodies take all the room there is.</summary>
internal sealed class NoBodyRoomException() : Exception("There is no room for the body.");
