using System.Runtime.CompilerServices;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;

namespace FashionSweep.Search.Tests.Sweeps;

public sealed class SweepFilesOfTheRepositoryTests
{
    [Theory]
    [InlineData("quickstart", 12)]
    [InlineData("random-search", 30)]
    [InlineData("conditional", 19)]
    public void EachIsRightAndSaysNothingDoubtful(string name, int trials)
    {
        var spec = SweepFile.Load(Path.Combine(Folder(), $"{name}.yaml"), Engine.Catalog).Spec;
        spec.Name.ShouldBe(name);
        TrialSource.CountOf(spec).ShouldBe(trials);
        SweepNotices.Of(spec).ShouldBeEmpty();
    }

    private static string Folder([CallerFilePath] string path = "") => Path.Combine(Path.GetDirectoryName(path)!, "../../../sweeps");
}
