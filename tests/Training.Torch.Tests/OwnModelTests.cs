using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Evaluation;
using FashionSweep.Training.Plugins;
using FashionSweep.Training.Tests;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FashionSweep.Training.Torch.Tests;

/// <summary>A user's own model in the loop of a trial.</summary>
public sealed class OwnModelTests : IDisposable
{
    private const int Places = 8 * 8;

    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory();
    private readonly TorchEngine _engine = new();

    private CheckpointFolder Checkpoints => new(_temporary.FullName);

    [Fact]
    public void ItLearns()
    {
        var own = new TwistedNet(() => new StepNet(Places, 10, logits => logits));
        Train(own, Spec(own, ("epochs", 6L))).Validation.Accuracy.ShouldBeGreaterThan(0.8);
    }

    [Fact]
    public void AllItsTensorsAreInTheCheckpoint()
    {
        var result = Train(new OwnNet(), Spec(new OwnNet()));

        result.ParameterCount.ShouldBe((6 * 9) + 6 + 6 + 6 + 36 + 6 + 60 + 10);
        var record = Checkpoints.Read(result.Checkpoint);
        record.Tensors.Select(tensor => tensor.Name).ShouldContain("_body.1.running_mean");
        record.Tensors.Single(tensor => tensor.Name.EndsWith("num_batches_tracked", StringComparison.Ordinal)).Values[0].ShouldBeGreaterThan(0);
        CheckpointRecord.From(record.Metadata).Spec.Parameters["plugin"]!.ToString().ShouldBe(new string('a', 64));
    }

    [Fact]
    public void ItComesOutTheSameTwiceAndBesideOthers()
    {
        TrialSpec[] specs = [.. Enumerable.Range(1, 3).Select(seed => Spec(new OwnNet(), ("seed", (long)seed)))];
        Checkpoint[] alone = [.. specs.Select(spec => Train(new OwnNet(), spec).Checkpoint)];

        var together = new Checkpoint[specs.Length];
        Parallel.For(0, specs.Length, number => together[number] = Train(new OwnNet(), specs[number]).Checkpoint);

        together.ShouldBe(alone);
        alone.Distinct().Count().ShouldBe(3);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void ABrokenTrialEndsWithTheSameBits(int epoch)
    {
        var (own, spec) = (new OwnNet(), Spec(new OwnNet(), ("epochs", 3L)));
        var straight = Train(own, spec);
        using var stop = new CancellationTokenSource();
        Trainer(own).Train(spec, report => { if (report.Epoch == epoch) stop.Cancel(); }, stop.Token).ShouldBeOfType<TrialOutcome.Stopped>();
        File.Exists(Trainer(own).FindSnapshot(spec)!.Path).ShouldBeTrue();

        Train(own, spec).Checkpoint.ShouldBe(straight.Checkpoint);
    }

    [Fact]
    public void WhatIsFrozenStaysAndWhatStartsFromACheckpointBeginsThere()
    {
        var first = Train(new OwnNet(), Spec(new OwnNet()));
        var second = Train(new OwnNet(), Spec(new OwnNet(), ("start_from", first.Checkpoint.Sha256), ("seed", 9L), ("epochs", 1L)));

        Weight(second).ShouldBe(Weight(first));

        float[] Weight(TrialResult result) => Checkpoints.Read(result.Checkpoint).Tensors.Single(tensor => tensor.Name == "_body.5.weight").Values;
    }

    [Fact]
    public async Task TrainedItIsUsedAsAnyOther()
    {
        var (own, spec) = (new OwnNet(), Spec(new OwnNet()));
        var result = Train(own, spec);
        var model = RecordedModel.Read(spec, result, Checkpoints, new LoadedPlugin(ModelOf(own), own));
        var inference = new Inference(model, result.Environment, ToyData.Data, _engine);

        inference.Evaluate(DataPart.Test, CancellationToken.None).ShouldBe((result.Test, result.TestReport!));
        inference.Environment.ShouldBe(result.Environment);
        inference.ActivityOn(DataPart.Test, CancellationToken.None).ShouldBeEmpty();
        TensorSummary.Of(model).ShouldContain(tensor => tensor.Layer == "_body.1" && tensor.Tensor == "_body.1.running_mean");
        FilterImage.Of(model).Count.ShouldBe(6);
        using var classifier = new Classifier([new Member(model, result.Environment, _engine)], ToyData.Data.Image, () => ToyData.Data, places: 1);
        var probabilities = new double[10];
        await classifier.ClassifyAsync(ToyData.Data.Test.Pixels.AsMemory(0, Places), probabilities, CancellationToken.None);
        var expected = inference.Predict(DataPart.Test, [0], CancellationToken.None)[0].Probabilities;
        probabilities.Zip(expected).Max(pair => Math.Abs(pair.First - pair.Second)).ShouldBeLessThan(1e-5);
    }

    [Fact]
    public void ItsFaultsAreSaidInItsOwnWords()
    {
        Fail(() => throw new InvalidOperationException("no such depth")).ShouldBe("model twisted: Build says: no such depth (InvalidOperationException)");
        Fail(() => null!).ShouldBe("model twisted: Build gives null, must give a module");
        Fail(() => new StepNet(Places, 12, logits => logits)).ShouldBe("model twisted: forward gives [32, 12] for 32 images, must give [32, 10]");
        Fail(() => new StepNet(Places, 10, logits => logits.detach())).ShouldBe("model twisted: what forward gives hangs on no parameter that learns");
        Fail(() => new StepNet(7, 10, logits => logits)).ShouldStartWith("model twisted: forward says: mat1 and mat2 shapes cannot be multiplied");
        Fail(() => new StepNet(Places, 10, logits => logits, ScalarType.Float64)).ShouldBe("model twisted: _layer.weight is Float64, must be Float32");
        Fail(() => Flatten()).ShouldBe("model twisted: it has no parameter that learns");
    }

    [Fact]
    public void NumbersThatAreNoneAreAResult() =>
        Outcome(new TwistedNet(() => new StepNet(Places, 10, logits => logits * float.NaN)), []).ShouldBeOfType<TrialOutcome.Diverged>();

    public void Dispose() => _temporary.Delete(recursive: true);

    private string Fail(Func<Module<Tensor, Tensor>> build) => Outcome(new TwistedNet(build), []).ShouldBeOfType<TrialOutcome.Failed>().Error;

    private TrialOutcome Outcome(UserModel own, params (string Name, ParameterValue Value)[] chosen) =>
        Trainer(own).Train(Spec(own, chosen), _ => { }, CancellationToken.None);

    private TrialResult Train(UserModel own, TrialSpec spec)
    {
        var outcome = Trainer(own).Train(spec, _ => { }, CancellationToken.None);
        return outcome.ShouldBeOfType<TrialOutcome.Completed>(outcome.ToString()).Result;
    }

    private TrialTrainer Trainer(UserModel own) =>
        new(ToyData.Data, _engine, Checkpoints, TimeProvider.System, _ => new LoadedPlugin(ModelOf(own), own));

    private static OwnModel ModelOf(UserModel own) => new(own.Name, new string('a', 64), own.Parameters);

    private static TrialSpec Spec(UserModel own, params (string Name, ParameterValue Value)[] chosen)
    {
        var small = new Dictionary<string, ParameterValue> { ["model"] = own.Name, ["epochs"] = 2L, ["batch_size"] = 32L, ["learning_rate"] = 0.01 };
        foreach (var (name, value) in chosen) small[name] = value;
        var complete = TrainerCatalog.Parameters.With(ModelOf(own)).Complete(new ParameterSet(small), sweepSeed: 1);
        return new TrialSpec(new TrialId("test", 1), complete, Objective.Default);
    }
}
