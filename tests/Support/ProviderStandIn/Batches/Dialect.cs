using System.Text.Json.Serialization;

namespace JobTracker.Tests.StandIn.Batches;

/// <summary>Which provider's protocol a batch was made with.</summary>
public enum Dialect
{
    Anthropic,
    [JsonStringEnumMemberName("openai")]
    OpenAi,
}
