using JobTracker.Audit;
using JobTracker.Grains.Audit;
using JobTracker.Tests.Unit.Configuration;

namespace JobTracker.Tests.Unit.Audit;

/// <summary>What events keep of texts that anybody may send, and for how long they are kept.</summary>
public sealed class AuditTextTests
{
    [Theory]
    [InlineData(null, null)]
    [InlineData("", "")]
    [InlineData("user ü 🚀", "user ü 🚀")]
    [InlineData("a\0b", "a\uFFFDb")]
    public void What_no_database_takes_is_replaced(string? text, string? kept) => Assert.Equal(kept, AuditText.Of(text));

    /// <summary>No attribute can hold half a character.</summary>
    [Fact]
    public void Half_a_character_is_replaced() => Assert.Equal("a\uFFFDb\uFFFD", AuditText.Of("a\uD83Db\uDE80"));

    [Fact]
    public void The_first_255_characters_are_kept_and_never_half_a_one()
    {
        Assert.Equal(new string('x', 255), AuditText.Of(new string('x', 255)));
        Assert.Equal(new string('x', 255), AuditText.Of(new string('x', 256)));
        Assert.Equal(new string('x', 254), AuditText.Of(new string('x', 254) + "🚀"));
    }

    [Fact]
    public void Every_text_of_an_entry_is_looked_at()
    {
        const string Bad = "\0";
        const string Good = "\uFFFD";
        var entry = new AuditEntry
        {
            OrganizationId = Bad,
            Actor = Bad,
            KeyId = Bad,
            Address = Bad,
            Action = Bad,
            Subject = Bad
        };
        var kept = new AuditEntry
        {
            OrganizationId = Good,
            Actor = Good,
            KeyId = Good,
            Address = Good,
            Action = Good,
            Subject = Good
        };
        Assert.Equal(kept, AuditText.Of(entry));
    }

    [Theory]
    [InlineData("Retention", "1.00:00:00", "0.23:59:59")]
    [InlineData("Retention", "36500.00:00:00", "36500.00:00:01")]
    [InlineData("RemovalStep", "1", "0")]
    [InlineData("RemovalStep", "100000", "100001")]
    [InlineData("RemovalPause", "00:00:00.020", "00:00:00.019")]
    [InlineData("RemovalPause", "1.00:00:00", "1.00:00:01")]
    public void An_option_is_refused_by_its_name_one_past_its_range(string name, string good, string bad)
    {
        Assert.Empty(StartRefusals.Of<AuditOptions>("Audit", ($"Audit:{name}", good)));
        Assert.StartsWith(
            $"Audit:{name} ", Assert.Single(StartRefusals.Of<AuditOptions>("Audit", ($"Audit:{name}", bad))), StringComparison.Ordinal);
    }

    [Fact]
    public void Events_are_kept_for_400_days_unless_told_otherwise() => Assert.Equal(TimeSpan.FromDays(400), new AuditOptions().Retention);
}
