using System.Globalization;
using System.Text;

namespace JobTracker.Gateway.Requests;

/// <summary>Where the pages before and after a page are, as a <c>Link</c> header (RFC 8288) with paths that keep every filter.</summary>
internal sealed class PageLinks(string path, IQueryCollection parameters)
{
    /// <summary>Null where the page, from <paramref name="first"/> to <paramref name="last"/>, is the only one.</summary>
    public string? Around(string first, string last, bool hasNext, bool hasPrevious, string? after, string? before)
    {
        var links = new List<string>(2);
        // Between two cursors the walk stays between them; after a page that was found from behind it goes on past the old cursor.
        if (hasNext)
            links.Add(Link("next", last, after is null ? null : before));
        if (hasPrevious && (after is null || before is null))
            links.Add(Link("prev", null, first));
        return links.Count == 0 ? null : string.Join(", ", links);
    }

    /// <summary>The link to what comes after <paramref name="last"/>.</summary>
    public string Next(string last) => Link("next", last, null);

    private string Link(string rel, string? after, string? before)
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
        if (after is not null)
            Add("after", after);
        if (before is not null)
            Add("before", before);
        return string.Create(CultureInfo.InvariantCulture, $"<{url}>; rel=\"{rel}\"");

        void Add(string name, string value)
        {
            url.Append(mark).Append(Uri.EscapeDataString(name)).Append('=').Append(Uri.EscapeDataString(value));
            mark = '&';
        }
    }
}
