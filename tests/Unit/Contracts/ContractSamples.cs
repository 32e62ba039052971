using System.Collections.Immutable;
using System.Reflection;
using JobTracker.Jobs;

namespace JobTracker.Tests.Unit.Contracts;

/// <summary>The types that cross the wire, and for each a value in which no member is left at its default.</summary>
internal static class ContractSamples
{
    private static readonly DateTimeOffset Moment = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    public static IEnumerable<Type> Contracts => typeof(JobId).Assembly.GetTypes()
        .Where(type => type.GetCustomAttribute<GenerateSerializerAttribute>(inherit: false) is not null);

    /// <summary>Those that can stand for themselves; of a generic one, an instance of each kind in use.</summary>
    public static IEnumerable<Type> Concrete => Contracts.Where(type => !type.IsAbstract).SelectMany(Closed);

    public static object Of(Type type)
    {
        if (Scalar(Nullable.GetUnderlyingType(type) ?? type) is { } scalar)
            return scalar;
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return Of(inner);
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ImmutableArray<>))
            return ArrayOf(type.GetGenericArguments()[0]);
        if (type.IsSubclassOf(typeof(Exception)))
            return Activator.CreateInstance(type, "what happened")!;
        return type.IsAbstract ? Of(Contracts.First(candidate => candidate.IsSubclassOf(type) && !candidate.IsAbstract)) : Filled(type);
    }

    private static object? Scalar(Type type) => type switch
    {
        _ when type == typeof(string) => "text ü 🚀",
        _ when type == typeof(bool) => true,
        _ when type == typeof(byte) => (byte)7,
        _ when type == typeof(int) => 42,
        _ when type == typeof(long) => 1L << 40,
        _ when type == typeof(double) => 0.5,
        _ when type == typeof(decimal) => 0.25m,
        _ when type == typeof(byte[]) => "text ü"u8.ToArray(),
        _ when type == typeof(Guid) => new Guid("019b7c8d-f708-7abc-8def-0123456789ab"),
        _ when type == typeof(DateTimeOffset) => Moment,
        _ when type == typeof(TimeSpan) => TimeSpan.FromMinutes(7),
        _ when type.IsEnum => Enum.GetValues(type).GetValue(Enum.GetValues(type).Length - 1),
        _ => null,
    };

    private static object ArrayOf(Type item)
    {
        var items = Array.CreateInstance(item, 2);
        items.SetValue(Of(item), 0);
        items.SetValue(Of(item), 1);
        var create = typeof(ImmutableArray).GetMethods()
            .Single(method => method.Name == nameof(ImmutableArray.Create) && method.GetParameters() is [{ ParameterType.IsArray: true }]);
        return create.MakeGenericMethod(item).Invoke(null, [items])!;
    }

    private static object Filled(Type type)
    {
        var constructor = type.GetConstructors().OrderBy(candidate => candidate.GetParameters().Length).Last();
        var sample = constructor.Invoke([.. constructor.GetParameters().Select(parameter => Of(parameter.ParameterType))]);
        foreach (var property in type.GetProperties().Where(property => property.CanWrite))
            property.SetValue(sample, Of(property.PropertyType));
        return sample;
    }

    private static IEnumerable<Type> Closed(Type type) => type.IsGenericTypeDefinition
        ? new[] { typeof(string), typeof(long?), typeof(JobProgress) }.Select(argument => type.MakeGenericType(argument))
        : [type];
}
