namespace JobTracker.Gateway.Problems;

/// <summary>One thing that is wrong with a request.</summary>
/// <param name="In">`body`, `query` or `header`.</param>
/// <param name="Name">A JSON path, a parameter or a header.</param>
/// <param name="Detail">What was expected.</param>
internal sealed record RequestError(string In, string Name, string Detail)
{
    // What the two repeat of the request may be of any length.

    /// <summary>A JSON path, a parameter or a header.</summary>
    public string Name { get; } = Echo.Cut(Name);

    /// <summary>What was expected.</summary>
    public string Detail { get; } = Echo.Cut(Detail);
}

/// <summary>Collects what is wrong with a request, so that one answer names it all. Keeps the first 50 and counts the rest.</summary>
internal sealed class RequestErrors
{
    private readonly List<RequestError> _errors = [];
    private int _more;

    /// <summary>Null where nothing is wrong.</summary>
    public Problem? Problem => _errors.Count == 0 ? null : ProblemMap.Of(_errors, _more);

    public void InBody(string path, string detail) => Add("body", path, detail);

    public void InQuery(string parameter, string detail) => Add("query", parameter, detail);

    public void InHeader(string header, string detail) => Add("header", header, detail);

    private void Add(string place, string name, string detail)
    {
        if (_errors.Count < Echo.MostErrors)
            _errors.Add(new RequestError(place, name, detail));
        else
            _more++;
    }
}
