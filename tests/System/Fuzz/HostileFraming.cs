using System.Text;

namespace JobTracker.Tests.Processes.Fuzz;

/// <summary>Requests that are no good HTTP, or hardly.</summary>
internal static class HostileFraming
{
    private static readonly string[] Chunks =
    [
        "ffffffff\r\n{}\r\n0\r\n\r\n", "7fffffffffffffff\r\n{}\r\n0\r\n\r\n", "-1\r\n{}\r\n0\r\n\r\n", "zz\r\n{}\r\n0\r\n\r\n",
        "2;ext=\"\r\n{}\r\n0\r\n\r\n", "2\n{}\n0\n\n", "0\r\nTrailer: x\r\n\r\n",
        "00000000000000000002\r\n{}\r\n0\r\n\r\n", "2\r\n{}0\r\n\r\n", " 2\r\n{}\r\n0\r\n\r\n", "0x2\r\n{}\r\n0\r\n\r\n",
        "10000000000000000\r\n{}\r\n0\r\n\r\n",
    ];

    private static readonly string[] Lines =
    [
        "GET {0} HTTP/1.0\r\n\r\n", "GET {0} HTTP/9.9\r\nHost: localhost\r\n\r\n", "GET {0}\r\n\r\n",
        "GET  {0}  HTTP/1.1\r\nHost: localhost\r\n\r\n", "GET {0} HTTP/1.1\r\n\r\n",
        "GET {0} HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", "GET {0} HTTP/1.1\r\nHost: localhost\r\n folded: x\r\n\r\n",
        "GET {0} HTTP/1.1\r\nHost localhost\r\n\r\n", "GET {0} HTTP/1.1\nHost: localhost\n\n",
        "GET {0}\0 HTTP/1.1\r\nHost: localhost\r\n\r\n", "\r\n\r\nGET {0} HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "OPTIONS * HTTP/1.1\r\nHost: localhost\r\n\r\n", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "\x16\x03\x01\x02\x00",
        "GET \xff{0} HTTP/1.1\r\nHost: localhost\r\n\r\n", "CONNECT localhost:80 HTTP/1.1\r\nHost: localhost:80\r\n\r\n",
        "GET {0}#fragment HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "POST {0} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\nContent-Length: 3\r\n\r\n{{}} ",
        "POST {0} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n\r\n",
        "POST {0} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n2\r\n{{}}\r\n0\r\n\r\n",
        "POST {0} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked, gzip\r\n\r\n0\r\n\r\n",
    ];

    public static byte[] Of(FuzzRequest request, Random random)
    {
        var path = request.Target.Split('?')[0];
        if (random.Next(2) == 0)
            return Encoding.Latin1.GetBytes(
                Hostile.Pick(Lines, random).Replace("{0}", path, StringComparison.Ordinal).Replace("{{}}", "{}", StringComparison.Ordinal));
        return Encoding.Latin1.GetBytes(
            $"POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n{Hostile.Pick(Chunks, random)}");
    }
}
