using FashionSweep.Training.Engines;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FashionSweep.Training.Torch.Tests;

/// <summary>What is missing is said in one line, before TorchSharp looks for it.</summary>
public sealed class LibTorchTests : IDisposable
{
    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory();

    public void Dispose() => _temporary.Delete(recursive: true);

    [Fact]
    public void AnEmptyFolderIsNamedWithWhatBelongsThere() =>
        Should.Throw<EngineException>(() => LibTorch.Load(_temporary.FullName)).Message.ShouldBe(
            $"engine torchsharp can't be loaded: libc10.so is missing in {_temporary.FullName}: publish src/Training.Torch there");

    [Fact]
    public void AFileThatIsNoLibraryIsNamed()
    {
        File.WriteAllText(Path.Combine(_temporary.FullName, "libc10.so"), "cut short");

        var message = Should.Throw<EngineException>(() => LibTorch.Load(_temporary.FullName)).Message;

        message.ShouldStartWith("engine torchsharp can't be loaded: libc10.so: ");
        message.ShouldNotContain('\n');
    }

    [Fact]
    public void AnOldSystemIsToldWhatToDo() =>
        LibTorch.ReasonOf(
            "Unable to load shared library '/e/libLibTorchSharp.so' or one of its dependencies. In order to help diagnose loading problems, …: \n"
            + "/lib/x86_64-linux-gnu/libstdc++.so.6: version `GLIBCXX_3.4.32' not found (required by /e/libLibTorchSharp.so)\n",
            "libLibTorchSharp.so").ShouldBe(
            "this system's libstdc++.so.6 is too old for libLibTorchSharp.so, which needs GLIBCXX_3.4.32: use Debian 13, Ubuntu 24.04 or the container image, "
            + "or start the node by ./fsweep, which gets newer ones");

    [Fact]
    public void ALibraryOfTheSystemThatIsMissingIsNamed() =>
        LibTorch.ReasonOf(
            "Unable to load shared library '/e/libtorch_cpu.so' or one of its dependencies.\n"
            + "libgomp.so.1: cannot open shared object file: No such file or directory\n",
            "libtorch_cpu.so").ShouldBe("libtorch_cpu.so needs libgomp.so.1, which is not installed");

    [Fact]
    public void GradientsOfAUsersNetAreNumbersWhateverLayInMemoryBefore()
    {
        _ = new TorchEngine();
        FilledMemory.Begin();
        ShouldHaveGradients((images, weight) => functional.conv2d(images, weight, padding: [1, 1]));
        FilledMemory.End();
    }

    [Fact]
    public void GradientsOfTheProductsConvolutionsAreNumbersWhateverLayInMemoryBefore()
    {
        _ = new TorchEngine();
        ShouldHaveGradients((images, weight) => new TorchConvolution(weight, null, [1, 1], [1, 1]).Run(images));
    }

    // Three layers of few channels, back to one channel, and on from there.
    private static void ShouldHaveGradients(Func<Tensor, Tensor, Tensor> convolve)
    {
        for (var i = 0; i < 3; i++)
        {
            using var scope = NewDisposeScope();
            LeaveNoNumbersBehind();
            Tensor[] weights = [Some([8, 1, 3, 3], learns: true), Some([8, 8, 3, 3], learns: true), Some([1, 8, 3, 3], learns: true)];
            weights.Append(weights[0]).Aggregate(Some([64, 1, 14, 14]), (images, weight) => functional.relu(convolve(images, weight))).sum().backward();
            foreach (var weight in weights) weight.grad!.isfinite().all().item<bool>().ShouldBeTrue();
        }
    }

    // Not random: libtorch has one generator for the process, and tests beside this one set it for their trials.
    private static Tensor Some(long[] shape, bool learns = false)
    {
        var values = arange(shape.Aggregate(1L, (count, side) => count * side), float32).sin().abs().reshape(shape);
        values.requires_grad = learns;
        return values;
    }

    // As large as what a batch takes in each of the nets' layers, padded and not.
    private static void LeaveNoNumbersBehind()
    {
        foreach (var channels in new[] { 1, 2, 8, 16, 32 })
            for (var copy = 0; copy < 4; copy++) full([64, channels, 14, 14], float.NaN).Dispose();
    }

    /// <summary>On a processor where oneDNN has them wrong a user's model goes without it.</summary>
    [Theory]
    [InlineData(1, 8)]
    [InlineData(3, 5)]
    [InlineData(8, 8)]
    [InlineData(32, 32)]
    public void GradientsOfAUsersConvolutionsAreThoseOfTheirWeights(int channels, int filters)
    {
        _ = new TorchEngine();
        using (OneDnnSwitch.Hold(ofUser: true)) ConvolutionCheck.IsRight(channels, filters).ShouldBeTrue();
    }

    [Fact]
    public void StepsOfBothKindsComeToAnEndBesideEachOther()
    {
        _ = new TorchEngine();
        var steps = 0;
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, number =>
        {
            for (var step = 0; step < 200; step++)
                using (OneDnnSwitch.Hold(ofUser: number % 2 == 0)) Interlocked.Increment(ref steps);
        });
        steps.ShouldBe(800);
    }
}
