using System.Collections.Concurrent;
using System.Reflection;
using JobTracker.Grains.Batches.Life;
using JobTracker.Grains.Storage.Batches;
using JobTracker.Storage;

namespace JobTracker.Tests.Support;

/// <summary>
/// A real store of batches behind a connection that fails or waits when it is told to: <see cref="FaultyStore"/> for the other port.
/// </summary>
internal class FaultyBatchStore : DispatchProxy
{
    private static readonly MethodInfo AnswerAsyncMethod =
        typeof(FaultyBatchStore).GetMethod(nameof(AnswerAsync), BindingFlags.Instance | BindingFlags.NonPublic)!;

    private readonly ConcurrentQueue<Plan> _plans = new();
    private IBatchStore _store = null!;

    public static (IBatchStore Store, FaultyBatchStore Faults) Of(IBatchStore store)
    {
        var proxy = Create<IBatchStore, FaultyBatchStore>();
        var faults = (FaultyBatchStore)(object)proxy;
        faults._store = store;
        return (proxy, faults);
    }

    /// <summary>What befalls the next such call; for one that stores a batch, the next that stores one like that.</summary>
    public void Arm(string method, PlannedFault fault, Func<Batch, bool>? stores = null) =>
        _plans.Enqueue(new Plan(method, fault, null, stores));

    /// <summary>The next such call waits at the gate before anything else happens to it.</summary>
    public Gate Hold(string method)
    {
        var gate = new Gate();
        _plans.Enqueue(new Plan(method, PlannedFault.None, gate, null));
        return gate;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        if (!_plans.TryPeek(out var plan) || !plan.Fits(targetMethod!, args!) || !_plans.TryDequeue(out plan))
            return Call(targetMethod!, args!);
        return targetMethod!.ReturnType.IsGenericType
            ? AnswerAsyncMethod.MakeGenericMethod(targetMethod.ReturnType.GenericTypeArguments[0]).Invoke(this, [targetMethod, args, plan])
            : RunAsync(targetMethod, args!, plan);
    }

    private async Task<T> AnswerAsync<T>(MethodInfo method, object?[] args, Plan plan)
    {
        await BeforeAsync(plan);
        var result = plan.Fault is PlannedFault.LostBefore ? default! : await (Task<T>)Call(method, args)!;
        return plan.Fault is PlannedFault.None ? result : throw Lost(plan);
    }

    private async Task RunAsync(MethodInfo method, object?[] args, Plan plan)
    {
        await BeforeAsync(plan);
        if (plan.Fault is not PlannedFault.LostBefore)
            await (Task)Call(method, args)!;
        if (plan.Fault is not PlannedFault.None)
            throw Lost(plan);
    }

    private static async Task BeforeAsync(Plan plan)
    {
        if (plan.Gate is { } gate)
            await gate.PassAsync();
        if (plan.Fault is PlannedFault.NotSent)
            throw new StorageUnavailableException($"planned: {plan.Fault}");
    }

    private static OutcomeUnknownException Lost(Plan plan) => new($"planned: {plan.Fault}");

    private object? Call(MethodInfo method, object?[] args) => method.Invoke(_store, args);

    private sealed record Plan(string Method, PlannedFault Fault, Gate? Gate, Func<Batch, bool>? Stores)
    {
        public bool Fits(MethodInfo method, object?[] args) =>
            method.Name == Method && (Stores is null || args.OfType<Batch>().Any(Stores));
    }
}
