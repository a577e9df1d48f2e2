namespace FashionSweep.EndToEnd.Tests;

/// <summary>A small sweep in a folder of its own, trained once for all tests that only look at it.</summary>
public sealed class TrainedSweep : IDisposable
{
    private readonly Fsweep _fsweep = new();

    public TrainedSweep()
    {
        var ran = _fsweep.Run("run", _fsweep.Write("small.yaml", SweepFiles.Small));
        ran.ExitCode.ShouldBe(0, ran.ToString());
    }

    internal Fsweep Fsweep => _fsweep;

    public void Dispose() => _fsweep.Dispose();
}
