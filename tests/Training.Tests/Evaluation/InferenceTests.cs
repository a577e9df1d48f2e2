using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Evaluation;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Networks;

namespace FashionSweep.Training.Tests.Evaluation;

public sealed class InferenceTests : IDisposable
{
    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory();

    public static TheoryData<KernelChoice> KernelSets => [KernelChoice.OneDnn, KernelChoice.Managed];

    private CheckpointFolder Checkpoints => new(_temporary.FullName);

    public void Dispose() => _temporary.Delete(recursive: true);

    [Theory]
    [MemberData(nameof(KernelSets))]
    public void TheRecordedScoresComeBackToTheBit(KernelChoice choice)
    {
        var (spec, result) = Trained(choice);
        var inference = Open(spec, result, choice);

        inference.Evaluate(DataPart.Test, CancellationToken.None).ShouldBe((result.Test, result.TestReport!));
        inference.Evaluate(DataPart.Validation, CancellationToken.None).Score.ShouldBe(result.Validation);
        inference.Environment.ShouldBe(result.Environment);
    }

    [Fact]
    public void ConvolutionsAndRunningStatisticsComeBackToTheBit()
    {
        var (spec, result) = Trained(KernelChoice.Auto, ("model", "vgg"), ("stages", 1L), ("filters", 4L), ("batch_norm", true), ("epochs", 1L));

        Open(spec, result).Evaluate(DataPart.Test, CancellationToken.None).ShouldBe((result.Test, result.TestReport!));
    }

    [Fact]
    public void OtherKernelsGiveTheSameScoreButForRounding()
    {
        var (spec, result) = Trained(KernelChoice.OneDnn);

        var (score, _) = Open(spec, result, KernelChoice.Managed).Evaluate(DataPart.Test, CancellationToken.None);

        score.Loss.ShouldBe(result.Test.Loss, 1e-4);
        score.Accuracy.ShouldBe(result.Test.Accuracy, 0.011);
    }

    [Fact]
    public void ThePartsAreTheTrialsOwnSplitAndTheWholeTestSet()
    {
        var (spec, result) = Trained();
        var inference = Open(spec, result);

        inference.ImagesOf(DataPart.Test).ShouldBe(Enumerable.Range(0, ToyData.Data.Test.Count));
        inference.ImagesOf(DataPart.Validation).Count.ShouldBe(50);
        inference.ImagesOf(DataPart.Validation).Concat(inference.ImagesOf(DataPart.Train)).Order().ShouldBe(Enumerable.Range(0, ToyData.Data.Train.Count));
    }

    [Theory]
    [MemberData(nameof(KernelSets))]
    public void AnImagesProbabilitiesDontDependOnTheOthers(KernelChoice choice)
    {
        var (spec, result) = Trained(choice);
        var inference = Open(spec, result, choice);

        var all = inference.Predict(DataPart.Test, inference.ImagesOf(DataPart.Test), CancellationToken.None);

        all.Select(prediction => prediction.Image).ShouldBe(inference.ImagesOf(DataPart.Test));
        foreach (var image in new[] { 0, 31, 32, 199 })
            inference.Predict(DataPart.Test, [image], CancellationToken.None).Single().Probabilities.ShouldBe(all[image].Probabilities);
        var held = inference.ImagesOf(DataPart.Validation);
        var some = inference.Predict(DataPart.Validation, [held[40], held[3], held[3]], CancellationToken.None);
        some.Select(prediction => prediction.Image).ShouldBe([held[40], held[3], held[3]]);
    }

    [Fact]
    public void PredictionsAreThoseThatTheReportCounts()
    {
        var (spec, result) = Trained();

        var predictions = Open(spec, result).Predict(DataPart.Test, [.. Enumerable.Range(0, ToyData.Data.Test.Count)], CancellationToken.None);

        predictions.Count(prediction => prediction.IsRight).ShouldBe((int)result.TestReport!.Confusion.Correct);
        predictions.ShouldAllBe(prediction => prediction.Truth == ToyData.Data.Test.Labels[prediction.Image]);
        predictions.ShouldAllBe(prediction => Math.Abs(prediction.Probabilities.Sum() - 1) < 1e-12 && prediction.Confidence == prediction.Probabilities.Max());
    }

    [Fact]
    public void ImagesOfAUserAreScoredAsThoseOfTheTrial()
    {
        var (spec, result) = Trained();
        var (inference, seen) = (Open(spec, result), new List<Prediction>());

        inference.Evaluate(ToyData.Data.Test, CancellationToken.None, seen.Add).ShouldBe((result.Test, result.TestReport!));

        var all = inference.Predict(DataPart.Test, inference.ImagesOf(DataPart.Test), CancellationToken.None);
        seen.Select(one => (one.Image, one.Truth, one.Predicted)).ShouldBe(all.Select(one => (one.Image, one.Truth, one.Predicted)));
        inference.Predict(ToyData.Data.Test, [7], CancellationToken.None).Single().Probabilities.ShouldBe(all[7].Probabilities);
    }

    [Theory]
    [InlineData("conv 4 3x3 padding=same, max_pool 2, batch_norm, flatten, dense 8, dropout 0.5", "conv 1, batch_norm 1, dense 1, dense 2")]
    [InlineData("residual 4, global_average_pool", "residual 1, dense 1")]
    public void EachLayerThatLearnsHasItsActivity(string layers, string names)
    {
        var lines = new ParameterValue.List([.. layers.Split(", ").Select(line => (ParameterValue)line)]);
        var (spec, result) = Trained(KernelChoice.Auto, ("model", "cnn"), ("layers", lines), ("epochs", 1L));

        var activity = Open(spec, result).ActivityOn(DataPart.Validation, CancellationToken.None);

        string.Join(", ", activity.Select(one => one.Layer)).ShouldBe(names);
        activity[0].Minimum.ShouldBeGreaterThanOrEqualTo(0);
        activity[^1].Units.ShouldBe(10);
        activity.ShouldAllBe(one => one.Minimum <= one.Mean && one.Mean <= one.Maximum && one.Zeros >= 0 && one.Zeros <= 1);
    }

    [Fact]
    public void AUnitThatNothingReachesIsDead()
    {
        var (spec, result) = Trained();
        var model = RecordedModel.Read(spec, result, Checkpoints);
        var inference = new Inference(model, result.Environment, ToyData.Data, new NativeEngine(KernelSet.Choose(KernelChoice.Auto)));
        var before = inference.ActivityOn(DataPart.Validation, CancellationToken.None)[0].Dead;
        var alive = Enumerable.Range(0, 32).Except(before).First();
        model.Weights.First(tensor => tensor.Name == "layers.0.bias").Values[alive] = -1e6f;

        var after = inference.ActivityOn(DataPart.Validation, CancellationToken.None)[0];

        after.Dead.ShouldBe(before.Append(alive).Order());
        after.Zeros.ShouldBeGreaterThanOrEqualTo(after.Dead.Count / 32.0);
    }

    [Fact]
    public void ACheckpointWithOtherWeightsIsRefusedWithBothSums()
    {
        var (spec, result) = Trained();

        var fault = Should.Throw<CheckpointException>(() => Open(spec, result with { WeightsSha256 = "other" }));

        fault.Message.ShouldContain(result.Checkpoint.FileName);
        fault.Message.ShouldEndWith($"its weights have the SHA-256 {result.WeightsSha256}, those of test/1 have other");
    }

    private (TrialSpec Spec, TrialResult Result) Trained(KernelChoice choice = KernelChoice.Auto, params (string Name, ParameterValue Value)[] chosen)
    {
        var small = new Dictionary<string, ParameterValue> { ["depth"] = 1L, ["width"] = 32L, ["epochs"] = 3L, ["batch_size"] = 32L, ["dropout"] = 0.1 };
        foreach (var (name, value) in chosen) small[name] = value;
        var spec = new TrialSpec(new TrialId("test", 1), TrainerCatalog.Parameters.Complete(new ParameterSet(small), sweepSeed: 1), Objective.Default);
        var trainer = new TrialTrainer(ToyData.Data, new NativeEngine(KernelSet.Choose(choice)), Checkpoints, TimeProvider.System);
        return (spec, trainer.Train(spec, _ => { }, CancellationToken.None).ShouldBeOfType<TrialOutcome.Completed>().Result);
    }

    private Inference Open(TrialSpec spec, TrialResult result, KernelChoice choice = KernelChoice.Auto) =>
        new(RecordedModel.Read(spec, result, Checkpoints), result.Environment, ToyData.Data, new NativeEngine(KernelSet.Choose(choice)));
}
