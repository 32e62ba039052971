using System.ComponentModel.DataAnnotations;
using JobTracker.Configuration;

namespace JobTracker.Tests.Unit.Configuration;

public sealed class CheckedOptionsTests
{
    [Theory]
    [InlineData("Count", "0", "S:Count is 0; it must be between 1 and 3.")]
    [InlineData("Count", "1", null)]
    [InlineData("Count", "3", null)]
    [InlineData("Count", "4", "S:Count is 4; it must be between 1 and 3.")]
    [InlineData("Share", "0", "S:Share is 0; it must be above 0 and at most 1.")]
    [InlineData("Share", "0.000001", null)]
    [InlineData("Share", "1", null)]
    [InlineData("Share", "NaN", "S:Share is NaN; it must be above 0 and at most 1.")]
    [InlineData("Spread", "1", "S:Spread is 1; it must be at least 0 and below 1.")]
    [InlineData("Pause", "00:00:00.099", "S:Pause is 00:00:00.0990000; it must be between 00:00:00.1000000 and 01:00:00.")]
    [InlineData("Pause", "00:00:00.100", null)]
    [InlineData("Kept", "-00:00:01", "S:Kept is -00:00:01; it must be between 00:00:00 and 1.00:00:00.")]
    [InlineData("Name", "", "S:Name: The Name field is required.")]
    [InlineData("Most", "0", "S:Most must not be below Count.")]
    public void A_bad_value_stops_the_start_and_is_told_with_its_key(string key, string value, string? refusal) =>
        Assert.Equal(refusal, Refusal(("S:" + key, value)));

    [Fact]
    public void Every_bad_value_is_told() =>
        Assert.Equal("S:Count is 9; it must be between 1 and 3.; S:Spread is 1; it must be at least 0 and below 1.",
            Refusal(("S:Count", "9"), ("S:Spread", "1")));

    [Fact]
    public void Options_of_one_name_are_checked_by_their_own_key() => Assert.Equal(
        ["S:b:Count is 9; it must be between 1 and 3."],
        StartRefusals.Of(
            services =>
            {
                services.AddSection<Sample>("S:a", "a");
                services.AddSection<Sample>("S:b", "b");
            },
            ("S:b:Count", "9")));

    private static string? Refusal(params (string Key, string Value)[] settings) =>
        StartRefusals.Of<Sample>("S", settings) is { Count: > 0 } refusals ? string.Join("; ", refusals) : null;

    private sealed class Sample : IValidatableObject
    {
        [Within(1, 3)]
        public int Count { get; set; } = 1;

        public int Most { get; set; } = 9;

        [Within(0.0, 1.0, MinimumIsExclusive = true)]
        public double Share { get; set; } = 0.5;

        [Within(0.0, 1.0, MaximumIsExclusive = true)]
        public double Spread { get; set; }

        [Within("00:00:00.100", "01:00:00")]
        public TimeSpan Pause { get; set; } = TimeSpan.FromSeconds(1);

        [Within("00:00:00", "1.00:00:00")]
        public TimeSpan? Kept { get; set; }

        [Required]
        public string Name { get; set; } = "n";

        public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) =>
            Most < Count ? [new ValidationResult("must not be below Count.", [nameof(Most)])] : [];
    }
}
