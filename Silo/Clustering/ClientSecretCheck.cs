using JobTracker.Cluster;

namespace JobTracker.Silo.Clustering;

/// <summary>
/// Refuses what Orleans clients ask for without the cluster's secret. Calls of grains, and of a silo's own process, are not asked for it.
/// </summary>
/// <remarks>
/// Who calls is what the message says of itself, so this keeps out programs that know the cluster's address alone. Who can speak Orleans'
/// protocol by hand is kept out by the network, or by TLS with client certificates (docs/security.md).
/// </remarks>
internal sealed class ClientSecretCheck(string expected) : IIncomingGrainCallFilter
{
    /// <summary>What a client reads while it connects: which grains there are. All else answers with the refusal itself.</summary>
    private static readonly GrainType Manifest = GrainType.Create(GrainTypePrefix.SystemTargetPrefix + "manifest");

    public Task Invoke(IIncomingGrainCallContext context)
    {
        var given = ClientSecret.Take();
        return IsInside(context.SourceId) || context.TargetId.Type.Equals(Manifest) || ClientSecret.IsRight(given, expected)
            ? context.Invoke()
            : throw new ClientRefusedException(given is null
                ? "The cluster refused this client, which gave no secret. Give it the silos' Cluster:ClientSecret."
                : "The cluster refused this client, which gave another secret than the silos' Cluster:ClientSecret.");
    }

    /// <summary>A grain, or the hosted client of a silo's own process. Whoever does not say what it is, is a stranger.</summary>
    private static bool IsInside(GrainId? source) => source is { } id && (!id.Type.IsClient() || IsHosted(id.Key));

    /// <summary>Orleans names a silo's own client after the silo; an outside client has a random number.</summary>
    private static bool IsHosted(IdSpan key) => key.AsSpan().StartsWith("hosted-"u8);
}
