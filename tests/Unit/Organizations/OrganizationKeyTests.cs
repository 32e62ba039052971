using JobTracker.Organizations;

namespace JobTracker.Tests.Unit.Organizations;

public sealed class OrganizationKeyTests
{
    private static readonly string[] Ids =
        ["org-default", "abc", "7B", "%7B", "%257B", "{", "}", "{}", "{%}", "%7B{", "{%7B", "{0}", "escaped_{", "-escaped_%7B", "ü"];

    [Fact]
    public void Every_id_has_a_key_of_its_own_that_reads_back_and_has_no_brace()
    {
        var keys = Ids.Select(OrganizationKey.Of).ToList();

        Assert.Equal(Ids, keys.Select(OrganizationKey.Read));
        Assert.Equal(Ids.Length, keys.Distinct(StringComparer.Ordinal).Count());
        Assert.DoesNotContain(keys, key => key.Contains('{') || key.Contains('}'));
    }

    [Theory]
    [InlineData("org-default", "organization_org-default")]
    [InlineData("50%", "organization_50%")]
    public void An_id_without_braces_has_the_key_that_is_stored_since_ever(string id, string key) =>
        Assert.Equal(key, OrganizationKey.Of(id));
}
