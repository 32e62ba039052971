namespace JobTracker.Cluster;

/// <summary>
/// The cluster asks its Orleans clients for a secret (<c>Cluster:ClientSecret</c>), and this one gave none or another. Nothing was done;
/// sending the same again is of no use.
/// </summary>
[GenerateSerializer, Alias("jobtracker.ClientRefusedException")]
public sealed class ClientRefusedException : OrleansException
{
    public ClientRefusedException()
    {
    }

    public ClientRefusedException(string message)
        : base(message)
    {
    }

    public ClientRefusedException(string message, Exception innerException)
        : base(message, innerException)
    {
    }
}
