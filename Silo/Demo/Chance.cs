namespace JobTracker.Silo.Demo;

/// <summary>What is asked of chance.</summary>
internal static class Chance
{
    extension(Random random)
    {
        public T OneOf<T>(IReadOnlyList<T> choices) => choices[random.Next(choices.Count)];

        /// <summary>True in so many of a hundred cases.</summary>
        public bool In100(int cases) => random.Next(100) < cases;
    }
}
