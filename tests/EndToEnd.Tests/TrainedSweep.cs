[assembly: AssemblyFixture(typeof(FashionSweep.EndToEnd.Tests.TrainedSweep))]

namespace FashionSweep.EndToEnd.Tests;

/// <summary>A small sweep in a folder of its own, trained once: for the first test that looks at it, or at a copy.</summary>
public sealed class TrainedSweep : IDisposable
{
    private readonly Lazy<(Fsweep Fsweep, Fsweep.Ran Ran)> _trained = new(Train);

    /// <summary>To be looked at only.</summary>
    internal Fsweep Fsweep => _trained.Value.Fsweep;

    /// <summary>What it said when it was trained.</summary>
    internal Fsweep.Ran Ran => _trained.Value.Ran;

    /// <summary>Copies its file and its store into an empty folder, where they may be changed.</summary>
    internal void CopyTo(Fsweep other)
    {
        foreach (var file in Directory.EnumerateFiles(Fsweep.Folder, "*", SearchOption.AllDirectories))
        {
            var place = Path.Combine(other.Folder, Path.GetRelativePath(Fsweep.Folder, file));
            Directory.CreateDirectory(Path.GetDirectoryName(place)!);
            File.Copy(file, place);
        }
    }

    public void Dispose()
    {
        if (_trained.IsValueCreated) Fsweep.Dispose();
    }

    private static (Fsweep Fsweep, Fsweep.Ran Ran) Train()
    {
        var fsweep = new Fsweep();
        var ran = fsweep.Run("run", fsweep.Write("small.yaml", SweepFiles.Small));
        ran.ExitCode.ShouldBe(0, ran.ToString());
        return (fsweep, ran);
    }
}
