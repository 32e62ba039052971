namespace JobTracker.Tests.StandIn.Wire;

/// <summary>One copy of each of a few distinct strings, so that 100,000 requests share their model's name.</summary>
internal sealed class SharedStrings
{
    private readonly Dictionary<string, string> _known = [];

    public string Of(string text)
    {
        if (!_known.TryGetValue(text, out var known))
            _known.Add(text, known = text);
        return known;
    }
}
