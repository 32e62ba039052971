using System.Reflection;
using JobTracker.Batches;
using JobTracker.Gateway.Problems;
using JobTracker.Jobs;
using JobTracker.Keys;
using JobTracker.Operations;

namespace JobTracker.Gateway.Requests;

/// <summary>
/// What the <c>{id}</c> of a path is: a job's, a batch's, an operation's or a key's, by the handler's parameter. What is none goes no
/// further.
/// </summary>
internal sealed class PathId
{
    private const string Name = "id";

    private readonly Func<string?, bool> _isOne;
    private readonly Problem _refusal;

    private PathId(Func<string?, bool> isOne, Problem refusal) => (_isOne, _refusal) = (isOne, refusal);

    public static PathId OfJob { get; } = new(text => JobId.TryParse(text, out _), ProblemMap.InvalidJobId);

    public static PathId OfBatch { get; } = new(text => BatchId.TryParse(text, out _), ProblemMap.InvalidBatchId);

    public static PathId OfOperation { get; } = new(text => OperationId.TryParse(text, out _), ProblemMap.InvalidOperationId);

    public static PathId OfKey { get; } = new(text => KeyId.TryParse(text, out _), ProblemMap.InvalidKeyId);

    /// <summary>Notes it at an endpoint that is being built, unless its handler takes an id of another kind.</summary>
    public static void Note(EndpointBuilder endpoint)
    {
        var parameters = endpoint.Metadata.OfType<MethodInfo>().FirstOrDefault()?.GetParameters();
        var type = parameters?.FirstOrDefault(parameter => parameter.Name == Name)?.ParameterType;
        if (type == typeof(JobId))
            endpoint.Metadata.Add(OfJob);
        else if (type == typeof(BatchId))
            endpoint.Metadata.Add(OfBatch);
        else if (type == typeof(OperationId))
            endpoint.Metadata.Add(OfOperation);
        else if (type == typeof(KeyId))
            endpoint.Metadata.Add(OfKey);
    }

    /// <summary>Null where it is one.</summary>
    public Problem? Refusal(HttpRequest request) => _isOne(request.RouteValues[Name] as string) ? null : _refusal;
}
