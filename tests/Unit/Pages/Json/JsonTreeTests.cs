using System.Globalization;
using JobTracker.Pages.Json;

namespace JobTracker.Tests.Unit.Pages.Json;

/// <summary>A document as a tree: bounded in every direction, whatever it is.</summary>
public sealed class JsonTreeTests
{
    [Fact]
    public void Every_kind_of_value_is_shown_as_it_is_written()
    {
        var root = Read("""{"text": "<b>bold</b>", "number": 1.50, "large": 1e400, "word": null, "list": [true], "none": {}}""");
        Assert.Equal(
            [
                "text string <b>bold</b>", "number number 1.50", "large number 1e400", "word word null", "list array 1 entry",
                "none object 0 fields",
            ],
            root.Children.Select(child => $"{child.Name} {child.Kind} {child.Text}"));
        Assert.Equal("0 word true", root.Children[4].Children.Select(child => $"{child.Name} {child.Kind} {child.Text}").Single());
        Assert.True(root.Children[0].Children.IsDefault);
        Assert.Empty(root.Children[5].Children);
    }

    [Theory]
    [InlineData(200, 200, 0)]
    [InlineData(201, 200, 1)]
    [InlineData(5_000, 200, 4_800)]
    public void Of_one_level_the_first_two_hundred_are_shown_and_how_many_more_there_are(int values, int shown, long hidden)
    {
        var list = Read($"[{string.Join(',', Enumerable.Range(0, values))}]");
        Assert.Equal((shown, hidden), (list.Children.Length, list.Hidden));
        var fields = Read($$"""{{{string.Join(',', Enumerable.Range(0, values).Select(index => $"\"f{index}\": 1"))}}}""");
        Assert.Equal((shown, hidden), (fields.Children.Length, fields.Hidden));
    }

    [Fact]
    public void No_more_than_two_thousand_values_are_shown_in_all()
    {
        var row = $"[{string.Join(',', Enumerable.Repeat("1", 150))}]";
        var (root, isCut) = JsonText.Read($"[{string.Join(',', Enumerable.Repeat(row, 150))}]");
        Assert.True(isCut);
        Assert.Equal(JsonText.MostNodes, NodesOf(root!));
        Assert.Equal(150, root!.Children.Length + root.Hidden);
    }

    [Fact]
    public void A_string_is_cut_at_a_thousand_characters_with_its_length_and_never_in_the_middle_of_one()
    {
        Assert.Equal(new string('x', 1_000), Read($"\"{new string('x', 1_000)}\"").Text);
        Assert.Equal(new string('x', 1_000) + "… (1,001 characters)", Read($"\"{new string('x', 1_001)}\"").Text);
        Assert.Equal(new string('x', 999) + "… (1,001 characters)", Read($"\"{new string('x', 999)}😀\"").Text);
    }

    [Fact]
    public void What_is_shown_of_many_long_strings_stays_small()
    {
        var row = $"[{string.Join(',', Enumerable.Repeat($"\"{new string('x', 900)}\"", 150))}]";
        var (root, isCut) = JsonText.Read($"[{string.Join(',', Enumerable.Repeat(row, 30))}]");
        Assert.True(isCut);
        Assert.InRange(TextOf(root!), 1, JsonText.MostText + (2 * JsonText.LongestString));
    }

    [Fact]
    public void A_deep_document_is_shown_as_far_as_it_goes()
    {
        var text = string.Concat(Enumerable.Repeat("[", 100)) + string.Concat(Enumerable.Repeat("]", 100));
        var node = Read(text);
        var depth = 0;
        for (; !node.Children.IsDefaultOrEmpty; depth++)
            node = node.Children[0];
        Assert.Equal((64, 1L), (depth, node.Hidden));
    }

    [Theory]
    [InlineData("")]
    [InlineData("not json")]
    [InlineData("{\"a\": 1")]
    [InlineData("\"\\ud800\"")]
    [InlineData("{\"\\ud800\": 1}")]
    public void What_is_no_JSON_or_no_Unicode_is_no_tree(string text) => Assert.Null(JsonText.Read(text).Root);

    [Fact]
    public void Half_a_pair_as_it_is_is_no_tree() => Assert.Null(JsonText.Read($"[\"{(char)0xd800}\"]").Root);

    private static JsonTreeNode Read(string text) =>
        JsonText.Read(text).Root ?? throw new InvalidOperationException(string.Create(CultureInfo.InvariantCulture, $"No tree: {text}"));

    private static int NodesOf(JsonTreeNode node) => 1 + (node.Children.IsDefault ? 0 : node.Children.Sum(NodesOf));

    private static int TextOf(JsonTreeNode node) =>
        node.Name.Length + node.Text.Length + (node.Children.IsDefault ? 0 : node.Children.Sum(TextOf));
}
