using JobTracker.Keys;

namespace JobTracker.Tests.Unit.Keys;

public sealed class KeyIdTests
{
    [Theory]
    [InlineData("key-0123456789")]
    [InlineData("key-AZaz09AZaz")]
    [InlineData("key-abcdef0123")]
    public void An_id_is_read_as_it_is_written(string text)
    {
        Assert.True(KeyId.TryParse(text, out var id));
        Assert.Equal(text, id.ToString());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0123456789")]
    [InlineData("key_0123456789")]
    [InlineData("KEY-0123456789")]
    [InlineData("key-012345678")]
    [InlineData("key-01234567890")]
    [InlineData("key-012345678_")]
    [InlineData("key-012345678é")]
    [InlineData("key-012345678\n")]
    [InlineData("jtk_0123456789")]
    public void Anything_else_is_none(string? text)
    {
        Assert.False(KeyId.TryParse(text, out var id));
        Assert.Equal(default, id);
    }
}
