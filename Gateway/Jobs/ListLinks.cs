using System.Globalization;
using System.Text;
using JobTracker.Jobs;

namespace JobTracker.Gateway.Jobs;

/// <summary>Where the pages before and after a page are, as a <c>Link</c> header (RFC 8288) with paths that keep every filter.</summary>
internal static class ListLinks
{
    /// <summary>Null where the page is the only one.</summary>
    public static string? Of(JobPage page, JobQuery query, string path, IQueryCollection parameters)
    {
        if (page.Jobs.IsEmpty)
            return null;
        var links = new List<string>(2);
        // Between two jobs the walk stays between them; after a page that was found from behind it goes on past the old cursor.
        if (page.HasNext)
            links.Add(Link(path, parameters, "next", after: page.Jobs[^1].Id, before: query.After is null ? null : query.Before));
        if (page.HasPrevious && (query.After is null || query.Before is null))
            links.Add(Link(path, parameters, "prev", after: null, before: page.Jobs[0].Id));
        return links.Count == 0 ? null : string.Join(", ", links);
    }

    private static string Link(string path, IQueryCollection parameters, string rel, JobId? after, JobId? before)
    {
        var url = new StringBuilder(path);
        var mark = '?';
        foreach (var (name, values) in parameters)
        {
            if (name is "after" or "before")
                continue;
            foreach (var value in values)
                Add(name, value ?? "");
        }
        if (after is { } first)
            Add("after", first.ToString());
        if (before is { } last)
            Add("before", last.ToString());
        return string.Create(CultureInfo.InvariantCulture, $"<{url}>; rel=\"{rel}\"");

        void Add(string name, string value)
        {
            url.Append(mark).Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
            mark = '&';
        }
    }
}
