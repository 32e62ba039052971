// Each test runs several processes, and some hold a stopwatch to them.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
