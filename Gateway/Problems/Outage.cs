using JobTracker.Cluster;
using JobTracker.Storage;
using Orleans.Runtime.Messaging;

namespace JobTracker.Gateway.Problems;

/// <summary>Which faults pass by themselves.</summary>
internal static class Outage
{
    /// <summary>The cluster or its database did not answer now; asking again may help.</summary>
    public static bool IsPassing(Exception fault) => IsOfStorage(fault) || fault is
        TimeoutException or OrleansMessageRejectionException or ConnectionFailedException or GatewayTooBusyException
            or ClientNotAvailableException
            or ClientRefusedException; // until this process is given the cluster's secret

    /// <summary>A grain on Orleans' own storage could not be activated: Orleans tells it by these words alone.</summary>
    public static bool IsUnreadState(OrleansException fault) =>
        fault.Message.StartsWith("Error from storage provider", StringComparison.Ordinal)
        && fault.Message.Contains(" during ReadStateAsync ", StringComparison.Ordinal);

    /// <summary>The cluster answered that its database did not.</summary>
    public static bool IsOfStorage(Exception fault) => fault is StorageUnavailableException or StorageOverloadedException;
}
