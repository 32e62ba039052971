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
    OpenAiUpload,
    OpenAiFile,
    OpenAiContent,
    OpenAiCreate,
    OpenAiGet,
    OpenAiList,
    OpenAiCancel,
}
