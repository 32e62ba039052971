namespace JobTracker.Gateway.OpenApi;

/// <summary>Of these properties one is there and the others are null.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class HoldsOneOfAttribute(params string[] properties) : Attribute
{
    /// <summary>As the code names them.</summary>
    public IReadOnlyList<string> Properties => properties;
}
