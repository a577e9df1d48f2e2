namespace FashionSweep.EndToEnd.Tests;

/// <summary>The sweep of <see cref="TrainedSweep"/> in another store, trained by two nodes and told as events: for the first test that looks at it.</summary>
public sealed class OnTwoNodes : IDisposable
{
    private readonly Lazy<(Fsweep Fsweep, Fsweep.Ran Ran)> _trained = new(Train);

    /// <summary>To be looked at only.</summary>
    internal Fsweep Fsweep => _trained.Value.Fsweep;

    /// <summary>What it said when it was trained.</summary>
    internal Fsweep.Ran Ran => _trained.Value.Ran;

    public void Dispose()
    {
        if (_trained.IsValueCreated) Fsweep.Dispose();
    }

    private static (Fsweep Fsweep, Fsweep.Ran Ran) Train()
    {
        var fsweep = new Fsweep();
        var ran = fsweep.Run("run", fsweep.Write("small.yaml", SweepFiles.Small), "--json", "--nodes", "2", "--slots", "1");
        ran.ExitCode.ShouldBe(0, ran.ToString());
        return (fsweep, ran);
    }
}
