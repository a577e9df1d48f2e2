using System.Text.Json;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Engines;
using FashionSweep.Training.Plugins;
using FashionSweep.Training.Tests;
using static TorchSharp.torch;

namespace FashionSweep.Training.Torch.Tests;

/// <summary>What a user's own model may bring along beside its layers: a loss, an optimizer, an augmentation.</summary>
public sealed class OwnPiecesTests : IDisposable
{
    private static readonly (string Name, ParameterValue Value)[] Mixed = [("mixup", 0.4), ("gradient_clip", 1.0)];

    private readonly DirectoryInfo _temporary = Directory.CreateTempSubdirectory();
    private readonly TorchEngine _engine = new();

    [Fact]
    public void WhatIsOverriddenIsItsOwn()
    {
        PiecesOf(new PlainNet()).ShouldBe(OwnPieces.None);
        PiecesOf(new LossNet()).ShouldBe(OwnPieces.Loss);
        PiecesOf(new MomentumNet()).ShouldBe(OwnPieces.Optimizer);
        PiecesOf(new NoisyNet(images => images)).ShouldBe(OwnPieces.Augmentation);
    }

    [Fact]
    public void AnOwnLossIsLearnedFromAndScored()
    {
        var (own, usual) = (Train(new LossNet(), Mixed), Train(new PlainNet(), Mixed));
        ShouldBeNear(own.Train.Loss, usual.Train.Loss);
        ShouldBeNear(own.Validation.Loss, usual.Validation.Loss);
        own.Validation.Accuracy.ShouldBe(usual.Validation.Accuracy);

        // Ten times the loss at a tenth of the rate takes the same steps.
        var scaled = Train(
            new LossNet((logits, targets) => -10 * (targets * nn.functional.log_softmax(logits, 1)).sum(1).mean()),
            [.. Mixed, ("learning_rate", 0.001), ("optimizer", "sgd"), ("gradient_clip", 0.0)]);
        var sgd = Train(new PlainNet(), [.. Mixed, ("learning_rate", 0.01), ("optimizer", "sgd"), ("gradient_clip", 0.0)]);
        ShouldBeNear(scaled.Validation.Loss, 10 * sgd.Validation.Loss);
    }

    [Fact]
    public void AnOwnOptimizerStandsInPlaceOfOurs()
    {
        var own = Train(new MomentumNet(), Mixed);
        var usual = Train(new PlainNet(), [.. Mixed, ("optimizer", "momentum")]);
        ShouldBeNear(own.Validation.Loss, usual.Validation.Loss);
        Train(new MomentumNet(), [.. Mixed, ("layernet_momentum", 0.0)]).Validation.Loss.ShouldNotBe(own.Validation.Loss);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void WhatAnOwnOptimizerKeepsIsThereAfterABreak(int epoch)
    {
        var (own, spec) = (new MomentumNet(), Spec(new MomentumNet(), ("epochs", 3L)));
        var straight = Completed(Trainer(own).Train(spec, _ => { }, CancellationToken.None));
        using var stop = new CancellationTokenSource();
        Trainer(own).Train(spec, report => { if (report.Epoch == epoch) stop.Cancel(); }, stop.Token).ShouldBeOfType<TrialOutcome.Stopped>();

        Completed(Trainer(own).Train(spec, _ => { }, CancellationToken.None)).Checkpoint.ShouldBe(straight.Checkpoint);
    }

    [Fact]
    public void AnOwnAugmentationIsOfTrainingAloneAndDrawsTheSameTwice()
    {
        var seen = 0L;
        var noisy = new NoisyNet(images =>
        {
            seen += images.shape[0];
            return images + (randn_like(images) * 0.1);
        });
        var first = Train(noisy);
        seen.ShouldBe(2 * 9 * ToyData.Data.Train.Count / 10);
        Train(noisy).Checkpoint.ShouldBe(first.Checkpoint);
        Train(new PlainNet()).Validation.Loss.ShouldNotBe(first.Validation.Loss);
    }

    [Fact]
    public void TheirFaultsAreSaidInItsOwnWords()
    {
        Fail(new LossNet((logits, targets) => logits - targets)).ShouldBe("model layernet: Loss gives [32, 10], must give one number");
        Fail(new LossNet((logits, _) => logits.detach().sum())).ShouldBe("model layernet: what Loss gives hangs on no logit");
        Fail(new LossNet((_, _) => throw new InvalidOperationException("no margin"))).ShouldBe(
            "model layernet: Loss says: no margin (InvalidOperationException)");
        Fail(new MomentumNet(() => throw new InvalidOperationException("no rate"))).ShouldBe("model layernet: Step says: no rate (InvalidOperationException)");
        Fail(new NoisyNet(images => images[TensorIndex.Slice(0, 5)])).ShouldBe(
            "model layernet: Augment gives [5, 1, 8, 8] for 32 images, must give [32, 1, 8, 8]");
    }

    [Fact]
    public void ALossThatIsNoNumberIsAResult() =>
        Trainer(new LossNet((logits, _) => logits.sum() * double.NaN)).Train(Spec(new LossNet()), _ => { }, CancellationToken.None)
            .ShouldBeOfType<TrialOutcome.Diverged>();

    [Fact]
    public void WhatTheyStandInPlaceOfDoesNothing()
    {
        var catalog = TrainerCatalog.Parameters.With(ModelOf(new MomentumNet()));
        var complete = catalog.Complete(new ParameterSet(new Dictionary<string, ParameterValue> { ["model"] = "layernet" }), sweepSeed: 1);

        catalog.Names.Where(name => !catalog.Matters(name, complete)).ShouldContain("optimizer");
        catalog.Matters("weight_decay", complete).ShouldBeFalse();
        catalog.Matters("learning_rate", complete).ShouldBeTrue();
        catalog.Matters("loss", complete).ShouldBeTrue();
        catalog.Find("beta1")!.MattersWhere.ShouldBe("model != layernet");
        JsonSerializer.Deserialize<OwnModel>(JsonSerializer.Serialize(ModelOf(new MomentumNet())))!.Pieces.ShouldBe(OwnPieces.Optimizer);
        TrainerCatalog.Parameters.With(ModelOf(new LossNet())).Matters("label_smoothing", complete).ShouldBeFalse();
    }

    public void Dispose() => _temporary.Delete(recursive: true);

    private static OwnPieces PiecesOf(UserModel own) => ((IOwnModel)own).Pieces;

    // Sums of float32 in another order.
    private static void ShouldBeNear(double one, double other) => one.ShouldBe(other, Math.Abs(other) * 1e-5);

    private string Fail(UserModel own) =>
        Trainer(own).Train(Spec(own), _ => { }, CancellationToken.None).ShouldBeOfType<TrialOutcome.Failed>().Error;

    private TrialResult Train(UserModel own, params (string Name, ParameterValue Value)[] chosen) =>
        Completed(Trainer(own).Train(Spec(own, chosen), _ => { }, CancellationToken.None));

    private static TrialResult Completed(TrialOutcome outcome) => outcome.ShouldBeOfType<TrialOutcome.Completed>(outcome.ToString()).Result;

    private TrialTrainer Trainer(UserModel own) => new(
        ToyData.Data, _engine, new CheckpointFolder(_temporary.FullName), TimeProvider.System, _ => new LoadedPlugin(ModelOf(own), own));

    private static OwnModel ModelOf(UserModel own) => new(own.Name, new string('b', 64), own.Parameters) { Pieces = PiecesOf(own) };

    private static TrialSpec Spec(UserModel own, params (string Name, ParameterValue Value)[] chosen)
    {
        var small = new Dictionary<string, ParameterValue> { ["model"] = own.Name, ["epochs"] = 2L, ["batch_size"] = 32L, ["learning_rate"] = 0.01 };
        foreach (var (name, value) in chosen) small[name] = value;
        var complete = TrainerCatalog.Parameters.With(ModelOf(own)).Complete(new ParameterSet(small), sweepSeed: 1);
        return new TrialSpec(new TrialId("test", 1), complete, Objective.Default);
    }
}
