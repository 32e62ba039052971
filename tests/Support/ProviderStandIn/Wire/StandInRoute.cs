using System.Text.Json.Serialization;

namespace JobTracker.Tests.StandIn.Wire;

/// <summary>What a request asked for, in either dialect. Faults are armed per route, the journal counts per route.</summary>
public enum StandInRoute
{
    /// <summary>In a fault: every route. In the journal: an address neither provider has.</summary>
    Any,
    AnthropicCreate,
    AnthropicGet,
    AnthropicList,
    AnthropicCancel,
    AnthropicResults,
    AnthropicDelete,
    [JsonStringEnumMemberName("openai_upload")]
    OpenAiUpload,
    [JsonStringEnumMemberName("openai_file")]
    OpenAiFile,
    [JsonStringEnumMemberName("openai_content")]
    OpenAiContent,
    [JsonStringEnumMemberName("openai_create")]
    OpenAiCreate,
    [JsonStringEnumMemberName("openai_get")]
    OpenAiGet,
    [JsonStringEnumMemberName("openai_list")]
    OpenAiList,
    [JsonStringEnumMemberName("openai_cancel")]
    OpenAiCancel,
}
