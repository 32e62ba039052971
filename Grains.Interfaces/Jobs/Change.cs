namespace JobTracker.Jobs;

/// <summary>A field of a change: left alone (the default), or set to a value, null included.</summary>
[GenerateSerializer, Immutable, Alias("jobtracker.Change`1")]
public readonly record struct Change<T>([property: Id(0)] bool IsSet, [property: Id(1)] T? Value)
{
    /// <summary>The new value where there is one, else <paramref name="current"/>.</summary>
    public T? Or(T? current) => IsSet ? Value : current;
}

public static class Change
{
    public static Change<T> To<T>(T? value) => new(IsSet: true, value);
}
