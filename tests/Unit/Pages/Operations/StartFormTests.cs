using System.Globalization;
using JobTracker.Operations;
using JobTracker.Pages.Operations;
using JobTracker.Tests.Unit.Pages.Jobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace JobTracker.Tests.Unit.Pages.Operations;

public sealed class StartFormTests
{
    private static readonly AskedOperation Cancel = Asked("?action=cancel&tag=a");
    private static readonly AskedOperation Delete = Asked("?action=delete&tag=a");
    private static readonly AskedOperation Everything = Asked("?action=cancel&all=true");

    [Fact]
    public void Up_to_a_thousand_are_cancelled_without_their_number()
    {
        Assert.Null(Form(1_000).Problem(Cancel, Preview(1_000)));
        Assert.NotNull(Form(1_001).Problem(Cancel, Preview(1_001)));
        Assert.Null(Form(1_001, typed: "1001").Problem(Cancel, Preview(1_001)));
        Assert.Null(Form(1_001, typed: " 1,001 ").Problem(Cancel, Preview(1_001)));
        Assert.NotNull(Form(1_001, typed: "1000").Problem(Cancel, Preview(1_001)));
    }

    [Fact]
    public void A_delete_everything_and_what_was_not_counted_to_the_end_need_it_always()
    {
        Assert.NotNull(Form(1).Problem(Delete, Preview(1)));
        Assert.Null(Form(1, typed: "1").Problem(Delete, Preview(1)));
        Assert.NotNull(Form(1).Problem(Everything, Preview(1)));
        Assert.NotNull(Form(500, atLeast: true).Problem(Cancel, Preview(500, isLowerBound: true)));
    }

    [Fact]
    public void A_number_that_the_browser_made_small_is_no_way_round()
    {
        Assert.NotNull(Form(1).Problem(Cancel, Preview(5_000)));
        Assert.NotNull(Form(0).Problem(Cancel, Preview(5_000)));
    }

    [Theory]
    [InlineData("0")]
    [InlineData("100001")]
    [InlineData("")]
    [InlineData("fast")]
    public void A_rate_out_of_its_range_starts_nothing(string rate) => Assert.NotNull(Form(1, rate: rate).Problem(Cancel, Preview(1)));

    [Theory]
    [InlineData(1_200, 1_330)]
    [InlineData(5, 15)]
    public void No_more_are_changed_than_were_shown_and_a_few(long matched, int most)
    {
        var command = Form(matched, reason: " why ").Command(Cancel);
        Assert.Equal((most, "why", 200, "the-key"), (command.MaxItems, command.Reason, command.MaxPerSecond, command.IdempotencyKey));
    }

    [Fact]
    public void What_was_not_counted_to_the_end_has_no_bound() => Assert.Null(Form(10_000, atLeast: true).Command(Cancel).MaxItems);

    [Fact]
    public void Each_form_has_a_key_of_its_own_and_one_without_starts_nothing()
    {
        Assert.NotEqual(StartForm.Of(Preview(1)).Key, StartForm.Of(Preview(1)).Key);
        Assert.NotNull((Form(1) with { Key = "" }).Problem(Cancel, Preview(1)));
    }

    private static AskedOperation Asked(string search) => AskedOperation.Read(search, PageJobs.Door, PageJobs.Now);

    private static OperationPreview Preview(long matched, bool isLowerBound = false) => new(matched, isLowerBound, []);

    private static StartForm Form(long matched, string typed = "", bool atLeast = false, string rate = "200", string reason = "") =>
        StartForm.Of(new FormCollection(new Dictionary<string, StringValues>(StringComparer.Ordinal)
        {
            ["matched"] = matched.ToString(CultureInfo.InvariantCulture),
            ["at_least"] = atLeast ? "true" : "false",
            ["key"] = "the-key",
            ["confirm"] = typed,
            ["max_per_second"] = rate,
            ["reason"] = reason,
        }));
}
