using Xunit.Sdk;
using Xunit.v3;

[assembly: TestCollectionOrderer(typeof(JobTracker.Tests.Integration.Logs.RunsLast))]

namespace JobTracker.Tests.Integration.Logs;

/// <summary>Puts the collection that judges the whole run behind all others.</summary>
public sealed class RunsLast : ITestCollectionOrderer
{
    public const string Name = "last";

    public IReadOnlyCollection<TTestCollection> OrderTestCollections<TTestCollection>(IReadOnlyCollection<TTestCollection> testCollections)
        where TTestCollection : ITestCollection => [.. testCollections.OrderBy(collection => collection.TestCollectionDisplayName == Name)];
}
