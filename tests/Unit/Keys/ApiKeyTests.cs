using System.Text.RegularExpressions;
using JobTracker.Keys;

namespace JobTracker.Tests.Unit.Keys;

public sealed class ApiKeyTests
{
    private const string Known = "jtk_0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef4bloke";
    private const string Alphabet = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    /// <summary>Made by Python's zlib.crc32 and hashlib.</summary>
    public static TheoryData<string, string, string> Vectors => new()
    {
        { Known, "key-0123456789", "918c28f73f02ffcb653102a34bf5fbc3b7393e46945b7e99a19eafae2d80e724" },
        {
            "jtk_zzzzzzzzzz_zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz2vxujh", "key-zzzzzzzzzz",
            "a677edf4f47496d9583d20983b28285fa75b1ed9278ab4c060d361ac3c51abd4"
        },
        {
            "jtk_0000000000_000000000000000000000000000000000MfLYL", "key-0000000000",
            "84e0c0eafaa95a34c293f278ac52e45ce537bab5e752a00e6959a13ae103b65a"
        },
        {
            "jtk_0000007116_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef000VZY", "key-0000007116",
            "918c28f73f02ffcb653102a34bf5fbc3b7393e46945b7e99a19eafae2d80e724"
        },
    };

    [Theory, MemberData(nameof(Vectors))]
    public void A_key_made_elsewhere_is_read_and_hashes_to_what_is_stored(string text, string id, string hash)
    {
        Assert.True(ApiKey.TryParse(text, out var key));
        Assert.Equal((text, id, hash), (key.Text, key.Id.ToString(), Convert.ToHexStringLower([.. key.Hash().Bytes])));
    }

    [Fact]
    public void A_new_key_has_the_form_that_secret_scanners_look_for()
    {
        for (var i = 0; i < 100; i++)
        {
            var key = ApiKey.New();
            Assert.Matches(new Regex(@"\Ajtk_[0-9A-Za-z]{10}_[0-9A-Za-z]{38}\z", RegexOptions.None, TimeSpan.FromSeconds(1)), key.Text);
            Assert.True(ApiKey.TryParse(key.Text, out var read));
            Assert.Equal((key.Text, key.Id, key.Hash()), (read.Text, read.Id, read.Hash()));
        }
    }

    [Fact]
    public void A_new_secret_keeps_the_name_and_no_two_keys_are_the_same()
    {
        var first = ApiKey.New();
        var second = ApiKey.New(first.Id);

        Assert.Equal(first.Id, second.Id);
        Assert.NotEqual(first.Hash(), second.Hash());
        Assert.NotEqual(ApiKey.New().Id, first.Id);
    }

    [Fact]
    public void One_changed_character_wherever_it_stands_is_refused()
    {
        for (var at = 0; at < Known.Length; at++)
        {
            foreach (var other in (Alphabet + "_-+/=. \n\0é").Where(other => other != Known[at]))
                Assert.False(ApiKey.TryParse(Known[..at] + other + Known[(at + 1)..], out _), $"{other} at {at}");
        }
    }

    [Fact]
    public void Two_neighbours_that_changed_places_are_refused()
    {
        for (var at = 1; at < Known.Length; at++)
        {
            if (Known[at] != Known[at - 1])
                Assert.False(ApiKey.TryParse(Known[..(at - 1)] + Known[at] + Known[at - 1] + Known[(at + 1)..], out _), $"at {at}");
        }
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("jtk_")]
    [InlineData(Known + "0")]
    [InlineData("0" + Known)]
    [InlineData(" " + Known)]
    [InlineData(Known + "\n")]
    [InlineData("jtk_0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef4blok")]
    [InlineData("jtk_0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef0000004bloke")]
    [InlineData("JTK_0123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef4bloke")]
    [InlineData("jtk_٠123456789_ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef4bloke")]
    public void Another_length_or_form_is_refused(string? text) => Assert.False(ApiKey.TryParse(text, out _));

    [Fact]
    public void Nothing_that_prints_shows_the_secret()
    {
        Assert.True(ApiKey.TryParse(Known, out var key));

        Assert.Equal(("key-0123456789", "SecretHash"), ($"{key}", $"{key.Hash()}"));
    }
}
