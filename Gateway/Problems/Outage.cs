using JobTracker.Storage;
using Orleans.Runtime.Messaging;

namespace JobTracker.Gateway.Problems;

/// <summary>Which faults pass by themselves.</summary>
internal static class Outage
{
    /// <summary>The cluster or its database did not answer now; asking again may help.</summary>
    public static bool IsPassing(Exception fault) => IsOfStorage(fault) || fault is
        TimeoutException or OrleansMessageRejectionException or ConnectionFailedException or GatewayTooBusyException or ClientNotAvailableException;

    /// <summary>The cluster answered that its database did not.</summary>
    public static bool IsOfStorage(Exception fault) => fault is StorageUnavailableException or StorageOverloadedException;
}
