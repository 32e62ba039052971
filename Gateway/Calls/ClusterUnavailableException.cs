namespace JobTracker.Gateway.Calls;

/// <summary>The cluster was not asked: this process has no connection yet, or the request's time is up. Nothing was done.</summary>
internal sealed class ClusterUnavailableException(string message) : Exception(message);
