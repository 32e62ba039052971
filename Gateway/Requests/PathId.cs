using System.Reflection;
using JobTracker.Batches;
using JobTracker.Gateway.Problems;
using JobTracker.Jobs;
using JobTracker.Keys;

namespace JobTracker.Gateway.Requests;

/// <summary>What the <c>{id}</c> of a path is: a job's, a batch's or a key's, as its handler takes it. What is none is refused before.</summary>
internal sealed class PathId
{
    private const string Name = "id";

    private readonly Func<string?, bool> _isOne;
    private readonly Problem _refusal;

    private PathId(Func<string?, bool> isOne, Problem refusal) => (_isOne, _refusal) = (isOne, refusal);

    public static PathId OfJob { get; } = new(text => JobId.TryParse(text, out _), ProblemMap.InvalidJobId);

    public static PathId OfBatch { get; } = new(text => BatchId.TryParse(text, out _), ProblemMap.InvalidBatchId);

    public static PathId OfKey { get; } = new(text => KeyId.TryParse(text, out _), ProblemMap.InvalidKeyId);

    /// <summary>A name that somebody chose: whether there is one by it, its handler finds out.</summary>
    private static PathId OfAnything { get; } = new(_ => true, ProblemMap.InvalidJobId);

    /// <summary>Notes it at an endpoint that is being built.</summary>
    public static void Note(EndpointBuilder endpoint)
    {
        var parameters = endpoint.Metadata.OfType<MethodInfo>().FirstOrDefault()?.GetParameters();
        if (parameters?.FirstOrDefault(parameter => parameter.Name == Name)?.ParameterType is { } type)
            endpoint.Metadata.Add(Of(type));
    }

    private static PathId Of(Type type) =>
        type == typeof(BatchId) ? OfBatch : type == typeof(KeyId) ? OfKey : type == typeof(string) ? OfAnything : OfJob;

    /// <summary>Null where it is one.</summary>
    public Problem? Refusal(HttpRequest request) => _isOne(request.RouteValues[Name] as string) ? null : _refusal;
}
