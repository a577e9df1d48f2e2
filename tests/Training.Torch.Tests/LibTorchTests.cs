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
    public void GradientsOfFewChannelsAreNumbersWhateverLayInMemoryBefore()
    {
        _ = new TorchEngine();
        using var net = Sequential(Conv2d(1, 8, 3, padding: 1), ReLU(), Conv2d(8, 8, 3, padding: 1), ReLU(), Conv2d(8, 8, 3, padding: 1));
        for (var i = 0; i < 3; i++)
        {
            using var scope = NewDisposeScope();
            // As large as what a batch takes in each of the net's layers, padded and not.
            foreach (var channels in new[] { 1, 8, 16, 32 })
                for (var copy = 0; copy < 4; copy++) full([64, channels, 14, 14], float.NaN).Dispose();
            net.forward(rand(64, 1, 14, 14)).sum().backward();
            foreach (var (name, weight) in net.named_parameters()) weight.grad!.isfinite().all().item<bool>().ShouldBeTrue(name);
        }
    }

    /// <summary>On a processor where oneDNN has them wrong the engine has gone without it by now.</summary>
    [Theory]
    [InlineData(1, 8)]
    [InlineData(3, 5)]
    [InlineData(8, 8)]
    [InlineData(32, 32)]
    public void GradientsOfConvolutionsAreThoseOfTheirWeights(int channels, int filters)
    {
        _ = new TorchEngine();
        ConvolutionCheck.IsRight(channels, filters).ShouldBeTrue();
    }
}
