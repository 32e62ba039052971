using JobTracker.Storage;
using Orleans.Runtime.Messaging;

namespace JobTracker.Cluster;

/// <summary>What the exception that ended a call to a grain tells about it.</summary>
internal enum CallFailure
{
    /// <summary>It never came to its grain: nothing of it was done, and it may be sent again at once.</summary>
    NotDelivered,

    /// <summary>The service says that nothing was done, and that it may work later.</summary>
    NotDone,

    /// <summary>No answer came: it may or may not have been carried out.</summary>
    Lost,

    /// <summary>The service answers that it does not know itself whether it was carried out.</summary>
    Unknown,

    /// <summary>The next time would end the same way.</summary>
    Final,
}

/// <summary>Reads exceptions, Orleans' and our own. Pure.</summary>
/// <remarks>
/// A rejection is an answer of Orleans' messaging in the grain's place: the silo is stopping, cannot be dialled, is another one by now. A
/// silo that is gone is none: the call may have run on it. What a grain throws because a call of its own failed looks the same; the grains
/// of this project make such calls before they store anything, or such that are harmless twice.
/// </remarks>
internal static class CallFailures
{
    public static CallFailure Of(Exception fault) => fault switch
    {
        // A rejection, too, by its type: but the call may have come to the silo before that was gone.
        SiloUnavailableException silo => IsOfPlacement(silo) ? CallFailure.NotDelivered : CallFailure.Lost,
        OrleansMessageRejectionException or ConnectionFailedException => CallFailure.NotDelivered,
        OrleansException unplaced when IsOfRegistration(unplaced) => CallFailure.NotDelivered,
        StorageUnavailableException or StorageOverloadedException or GatewayTooBusyException or LimitExceededException =>
            CallFailure.NotDone,
        TimeoutException or ClientNotAvailableException or OperationCanceledException => CallFailure.Lost,
        OutcomeUnknownException => CallFailure.Unknown,
        _ => CallFailure.Final,
    };

    /// <summary>A silo that stops gives no new grain a place: Orleans tells it by these words alone.</summary>
    private static bool IsOfPlacement(SiloUnavailableException fault) =>
        fault.Message.StartsWith("Silo '", StringComparison.Ordinal)
            && fault.Message.EndsWith("is shutting down.", StringComparison.Ordinal);

    /// <summary>
    /// The directory takes no grain from a silo that has left, though that silo does not know it yet. The grain comes to life behind its
    /// registration: no call has come to it. Orleans tells this, too, by its words alone.
    /// </summary>
    private static bool IsOfRegistration(OrleansException fault) =>
        fault.Message.StartsWith("Trying to register ", StringComparison.Ordinal)
            && fault.Message.Contains(" on invalid silo: ", StringComparison.Ordinal);
}
