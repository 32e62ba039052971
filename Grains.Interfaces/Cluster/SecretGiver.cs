namespace JobTracker.Cluster;

/// <summary>Gives the secret with every call of an Orleans client. Null: none is given.</summary>
internal sealed class SecretGiver(string? secret) : IOutgoingGrainCallFilter
{
    // An async method of its own: what it sets in the request's context is not seen by whoever made the call.
    public Task Invoke(IOutgoingGrainCallContext context) => secret is null ? context.Invoke() : GiveAsync(context, secret);

    private static async Task GiveAsync(IOutgoingGrainCallContext context, string secret)
    {
        ClientSecret.Give(secret);
        await context.Invoke();
    }
}
