using FashionSweep.Coordinator.Cli.Using;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class TrialFileTests : IDisposable
{
    private const string Sha256 = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

    private readonly string _file = Path.Combine(Path.GetTempPath(), $"fsweep-record-{Guid.NewGuid():N}.json");

    public void Dispose() => File.Delete(_file);

    [Fact]
    public void WhatIsWrittenIsReadToTheBit()
    {
        var written = Sample();
        written.Write(_file);

        var read = Read();

        read.Spec.ShouldBe(written.Spec);
        read.Result.ShouldBe(written.Result);
        read.Epochs.ShouldBe(written.Epochs);
    }

    [Fact]
    public void ALossThatIsNoNumberStaysOne()
    {
        var epochs = new[] { Samples.Epoch(1), Samples.Epoch(2), Samples.Epoch(3, loss: double.NaN) };
        (Sample() with { Epochs = epochs }).Write(_file);

        Read().Epochs[2].Validation.Loss.ShouldBe(double.NaN);
    }

    [Theory]
    [InlineData("\"batch_size\": 64", "\"batch_size\": -64", ": batch_size is -64, must be ")]
    [InlineData("\"batch_size\": 64", "\"batch_sise\": 64", "batch_si")]
    [InlineData("\"fashionsweep_record\": 1", "\"fashionsweep_record\": 7", ": fashionsweep_record is 7, must be 1")]
    [InlineData("\"best_epoch\": 2", "\"best_epoch\": two", ":")]
    [InlineData("\"epochs\": [", "\"epoch\": [", "epoch")]
    [InlineData("0123456789abcdef", "../../etc/passwd", ": its weights have no SHA-256")]
    public void AWrongFileIsSaidWithWhatIsWrong(string right, string wrong, string message)
    {
        Sample().Write(_file);
        var text = File.ReadAllText(_file);
        text.ShouldContain(right);
        File.WriteAllText(_file, text.Replace(right, wrong, StringComparison.Ordinal));

        var fault = Should.Throw<InputException>(Read);

        fault.Message.ShouldStartWith($"{_file}:");
        fault.Message.ShouldContain(message);
        fault.Message.ShouldNotContain("FashionSweep.");
    }

    [Fact]
    public void NoneIsSaidAndWhatMakesOne() => Should.Throw<InputException>(Read).Message.ShouldBe(
        $"{_file}: there is no such file; ./fsweep export TRIAL --record writes one");

    private static TrialFile Sample() => TrialFile.Of(
        Samples.Spec(3, ("batch_size", 64L)), Samples.Result() with { WeightsSha256 = Sha256, Checkpoint = new Checkpoint(Sha256, 100) },
        [Samples.Epoch(1), Samples.Epoch(2), Samples.Epoch(3)]);

    private TrialFile Read() => TrialFile.Read(_file, TrainerCatalog.Parameters);
}
