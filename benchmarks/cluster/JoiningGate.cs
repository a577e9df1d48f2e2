using System.Text;

namespace FashionSweep.Cluster.Benchmarks;

/// <summary>
/// Lets so many nodes join at a time, by what they tell of it. The membership of each is an actor system, and one that is made among hundreds of others on a
/// core or two takes a minute: in clusters nodes don't share those.
/// </summary>
internal sealed class JoiningGate(int atOnce) : TextWriter
{
    private readonly SemaphoreSlim _free = new(atOnce);

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>Waits until one more may join.</summary>
    public void Enter() => _free.Wait();

    public override void WriteLine(string? value)
    {
        if (value!.Contains(" joined slots=", StringComparison.Ordinal)) _free.Release();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing) _free.Dispose();
        base.Dispose(disposing);
    }
}
