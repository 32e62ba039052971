using System.Net;
using JobTracker.Grains.Callbacks.Sending;

namespace JobTracker.Tests.Unit.Callbacks;

public sealed class CallbackAddressRulesTests
{
    private static readonly CallbackAddressRules Strict = new([]);

    [Theory]
    // first and last of each block, and the neighbours outside of it
    [InlineData("0.0.0.0", "unspecified")]
    [InlineData("0.255.255.255", "unspecified")]
    [InlineData("1.0.0.0", null)]
    [InlineData("9.255.255.255", null)]
    [InlineData("10.0.0.0", "private")]
    [InlineData("10.255.255.255", "private")]
    [InlineData("11.0.0.0", null)]
    [InlineData("100.63.255.255", null)]
    [InlineData("100.64.0.0", "carrier-grade NAT")]
    [InlineData("100.100.100.200", "carrier-grade NAT")] // a cloud's metadata
    [InlineData("100.127.255.255", "carrier-grade NAT")]
    [InlineData("100.128.0.0", null)]
    [InlineData("126.255.255.255", null)]
    [InlineData("127.0.0.1", "loopback")]
    [InlineData("127.255.255.255", "loopback")]
    [InlineData("128.0.0.0", null)]
    [InlineData("168.63.129.16", "metadata")]
    [InlineData("169.253.255.255", null)]
    [InlineData("169.254.0.0", "link-local")]
    [InlineData("169.254.169.254", "link-local")] // most clouds' metadata
    [InlineData("169.255.0.0", null)]
    [InlineData("172.15.255.255", null)]
    [InlineData("172.16.0.0", "private")]
    [InlineData("172.31.255.255", "private")]
    [InlineData("172.32.0.0", null)]
    [InlineData("192.0.0.192", "reserved")] // a cloud's metadata
    [InlineData("192.0.1.0", null)]
    [InlineData("192.0.2.1", "documentation")]
    [InlineData("192.88.99.1", "reserved")]
    [InlineData("192.167.255.255", null)]
    [InlineData("192.168.0.0", "private")]
    [InlineData("192.168.255.255", "private")]
    [InlineData("192.169.0.0", null)]
    [InlineData("198.17.255.255", null)]
    [InlineData("198.18.0.0", "benchmarking")]
    [InlineData("198.19.255.255", "benchmarking")]
    [InlineData("198.51.100.7", "documentation")]
    [InlineData("203.0.113.7", "documentation")]
    [InlineData("223.255.255.255", null)]
    [InlineData("224.0.0.1", "multicast")]
    [InlineData("239.255.255.255", "multicast")]
    [InlineData("240.0.0.0", "reserved")]
    [InlineData("255.255.255.255", "reserved")]
    [InlineData("::", "unspecified")]
    [InlineData("::1", "loopback")]
    [InlineData("::127.0.0.1", "reserved")] // IPv4-compatible
    [InlineData("::ffff:127.0.0.1", "loopback")] // IPv4-mapped
    [InlineData("::ffff:169.254.169.254", "link-local")]
    [InlineData("::ffff:8.8.8.8", null)]
    [InlineData("64:ff9b::10.0.0.1", "private")] // NAT64
    [InlineData("64:ff9b::8.8.8.8", null)]
    [InlineData("64:ff9b:1::8.8.8.8", "reserved")] // NAT64 of a local network
    [InlineData("100::1", "reserved")]
    [InlineData("1fff:ffff::", "reserved")]
    [InlineData("2001::1", "Teredo")]
    [InlineData("2001:10::1", "reserved")]
    [InlineData("2001:200::1", null)]
    [InlineData("2001:db8::1", "documentation")]
    [InlineData("2002:7f00:1::", "6to4")]
    [InlineData("2606:4700::1111", null)]
    [InlineData("3fff:fff::1", "documentation")]
    [InlineData("4000::1", "reserved")]
    [InlineData("fbff::1", "reserved")]
    [InlineData("fc00::1", "unique-local")]
    [InlineData("fd00:ec2::254", "unique-local")] // a cloud's metadata
    [InlineData("fe80::1", "link-local")]
    [InlineData("fe80::1%2", "link-local")]
    [InlineData("fec0::1", "site-local")]
    [InlineData("ff02::1", "multicast")]
    public void An_address_is_refused_by_the_name_of_its_block(string address, string? block) =>
        Assert.Equal(block, Strict.Refuse(IPAddress.Parse(address)));

    [Theory]
    [InlineData("10.0.0.0/8", "10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "::ffff:10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "64:ff9b::10.1.2.3", true)]
    [InlineData("10.0.0.0/8", "192.168.0.1", false)]
    [InlineData("10.1.2.3/32", "10.1.2.4", false)]
    [InlineData("127.0.0.0/8", "::1", false)]
    [InlineData("fd00::/8", "fd12::1", true)]
    [InlineData("0.0.0.0/0", "169.254.169.254", true)]
    [InlineData("0.0.0.0/0", "fd12::1", false)]
    public void A_network_on_the_list_is_allowed_and_no_other(string network, string address, bool isAllowed) =>
        Assert.Equal(isAllowed, new CallbackAddressRules([IPNetwork.Parse(network)]).Refuse(IPAddress.Parse(address)) is null);

    [Theory]
    [InlineData("https://example.org/hook?x=1#y", null)]
    [InlineData("http://example.org:8080", null)]
    [InlineData("HTTPS://EXAMPLE.ORG", null)]
    [InlineData("http://8.8.8.8/", null)]
    [InlineData("http://localhost.example.org/", null)]
    [InlineData("http://example.org/a@b", null)]
    [InlineData("http://example.org/a/../b?x=%7E&y=%zz", "holds a '%' that no two hexadecimal digits follow: write it as %25")]
    [InlineData("http://example.org/a/../b?x=%7E", null)]
    [InlineData("http://example.org/%", "holds a '%' that no two hexadecimal digits follow: write it as %25")]
    [InlineData("http://example.org/a\\b", "holds '\\', which a URL writes as %5C")]
    [InlineData("http://example.org/{id}", "holds '{', which a URL writes as %7B")]
    [InlineData("http://example.org/ü", "contains white space, control characters or others than ASCII: percent-encode them, and write an international host as xn--")]
    [InlineData("http://１２７.0.0.1/", "contains white space, control characters or others than ASCII: percent-encode them, and write an international host as xn--")]
    [InlineData("http://xn--bcher-kva.example/", null)]
    [InlineData("", "must be absolute, such as https://example.org/hook")]
    [InlineData("/hook", "must be absolute, such as https://example.org/hook")]
    [InlineData("example.org/hook", "must be absolute, such as https://example.org/hook")]
    [InlineData("http:///hook", "must be absolute, such as https://example.org/hook")]
    [InlineData("ftp://example.org/", "is neither http nor https")]
    [InlineData("file:///etc/passwd", "is neither http nor https")]
    [InlineData("gopher://example.org/", "is neither http nor https")]
    [InlineData("http://user@example.org/", "contains credentials")]
    [InlineData("http://user:secret@example.org/", "contains credentials")]
    [InlineData("http://exam ple.org/", "contains white space, control characters or others than ASCII: percent-encode them, and write an international host as xn--")]
    [InlineData(" http://example.org/", "contains white space, control characters or others than ASCII: percent-encode them, and write an international host as xn--")]
    [InlineData("http://example.org/\r\nx: y", "contains white space, control characters or others than ASCII: percent-encode them, and write an international host as xn--")]
    [InlineData("http://127.0.0.1/", "leads to an address that is not allowed (loopback: 127.0.0.1)")]
    [InlineData("http://127.0.0.1./", "leads to an address that is not allowed (loopback: 127.0.0.1)")]
    [InlineData("http://127.1/", "leads to an address that is not allowed (loopback: 127.0.0.1)")]
    [InlineData("http://2130706433/", "leads to an address that is not allowed (loopback: 127.0.0.1)")]
    [InlineData("http://0x7f000001/", "leads to an address that is not allowed (loopback: 127.0.0.1)")]
    [InlineData("http://0x7f000001./", "leads to an address that is not allowed (loopback: 127.0.0.1)")]
    [InlineData("http://0177.0.0.1/", "leads to an address that is not allowed (loopback: 127.0.0.1)")]
    [InlineData("http://127。0。0。1/", "contains white space, control characters or others than ASCII: percent-encode them, and write an international host as xn--")]
    [InlineData("http://0/", "leads to an address that is not allowed (unspecified: 0.0.0.0)")]
    [InlineData("http://169.254.169.254/latest", "leads to an address that is not allowed (link-local: 169.254.169.254)")]
    [InlineData("http://[::1]:8080/", "leads to an address that is not allowed (loopback: ::1)")]
    [InlineData("http://[::ffff:7f00:1]/", "leads to an address that is not allowed (loopback: ::ffff:127.0.0.1)")]
    [InlineData("http://[fe80::1%25eth0]/", "leads to an address that is not allowed (link-local: fe80::1)")]
    [InlineData("http://localhost/", "leads to an address that is not allowed (loopback: localhost)")]
    [InlineData("http://LOCALHOST./", "leads to an address that is not allowed (loopback: localhost)")]
    [InlineData("http://a.localhost/", "leads to an address that is not allowed (loopback: a.localhost)")]
    public void A_URL_is_refused_with_a_reason(string url, string? reason) => Assert.Equal(reason, Strict.Refuse(url));

    [Theory]
    [InlineData("http://localhost/")]
    [InlineData("http://127.0.0.1:8080/")]
    [InlineData("http://[::ffff:127.0.0.1]/")]
    public void What_is_on_the_list_may_stand_in_a_URL(string url) =>
        Assert.Null(new CallbackAddressRules([IPNetwork.Parse("127.0.0.0/8")]).Refuse(url));
}
