namespace JobTracker.Tests.StandIn.Batches;

/// <summary>
/// A fixed permutation of 0..count-1 that needs no memory: neither provider promises results in the order of the requests.
/// </summary>
public sealed class ResultOrder
{
    private readonly int _count;
    private readonly int _stride;

    public ResultOrder(int count)
    {
        _count = count;
        // Near the golden ratio neighbours land far apart; coprime with the count, every place is visited once.
        _stride = Math.Max(1, (int)(count * 0.618));
        while (Gcd(_stride, count) > 1)
            _stride++;
    }

    public int this[int place] => (int)((((long)place * _stride) + (_count / 2)) % _count);

    private static int Gcd(int a, int b) => b == 0 ? a : Gcd(b, a % b);
}
