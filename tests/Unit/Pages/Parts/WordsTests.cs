using JobTracker.Jobs;
using JobTracker.Pages.Parts;

namespace JobTracker.Tests.Unit.Pages.Parts;

public sealed class WordsTests
{
    [Theory]
    [InlineData(0, "0 ms")]
    [InlineData(340, "340 ms")]
    [InlineData(1_200, "1.2 s")]
    [InlineData(59_000, "59 s")]
    [InlineData(60_000, "1 min")]
    [InlineData(125_000, "2 min 5 s")]
    [InlineData(3_600_000, "1 h")]
    [InlineData(3_900_000, "1 h 5 min")]
    [InlineData(273_600_000, "3 d 4 h")]
    [InlineData(-5, "0 ms")]
    public void A_duration_has_its_two_largest_units(int milliseconds, string text) =>
        Assert.Equal(text, Words.Of(TimeSpan.FromMilliseconds(milliseconds)));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(999, "999")]
    [InlineData(1_234_567, "1,234,567")]
    public void Numbers_have_their_thousands_apart(long number, string text) => Assert.Equal(text, Words.Of(number));

    [Fact]
    public void Ids_of_one_moment_differ_in_what_is_shown_of_them()
    {
        var ids = Enumerable.Range(0, 100).Select(_ => Words.Brief(JobId.New(TimeProvider.System))).ToList();
        Assert.Equal(ids.Count, ids.Distinct().Count());
        Assert.All(ids, id => Assert.Equal(12, id.Length));
    }

    [Fact]
    public void Every_status_has_a_shape_of_its_own()
    {
        var shapes = Enum.GetValues<JobStatus>().Select(status => StatusIcon.Of(status.Word)).ToList();
        Assert.Equal(shapes.Count, shapes.Distinct().Count());
    }
}
