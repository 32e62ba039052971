using System.Collections.Immutable;

namespace JobTracker.Pages.Json;

/// <summary>One value of a JSON document as a tree shows it.</summary>
/// <param name="Name">Its field's name, or its place in an array.</param>
/// <param name="Kind">The word for its kind: <c>string</c>, <c>number</c>, <c>word</c>, <c>object</c> or <c>array</c>.</param>
/// <param name="Text">The value, or what there is in it.</param>
/// <param name="Children">Default: it is no object and no array.</param>
/// <param name="Hidden">How many of its values are not among the children.</param>
public sealed record JsonTreeNode(
    string Name, string Kind, string Text, ImmutableArray<JsonTreeNode> Children = default, long Hidden = 0);
