using FashionSweep.Shared.Trials;
using FashionSweep.Training.Kernels;

namespace FashionSweep.Training.Tests;

/// <summary>What decides the bits of a trial, and what does not.</summary>
public sealed class TrialDeterminismTests : ToyTrials
{
    [Theory]
    [MemberData(nameof(KernelSets))]
    public void EverythingThatIsRandomComesOutTheSameTwice(KernelChoice choice)
    {
        var spec = Spec(
            ("layers", new ParameterValue.List(
                ["conv 4 3x3 padding=same", "batch_norm", "max_pool", "dropout 0.1", "residual 8 stride=2", "flatten", "dense 16", "dropout 0.2"])),
            ("flip", 0.5), ("shift", 1L), ("rotation", 10L), ("erasing", 0.3), ("mixup", 0.2), ("label_smoothing", 0.1), ("schedule", "one_cycle"));

        var first = Completed(Trainer(choice).Train(spec, _ => { }, CancellationToken.None));
        var second = Completed(Trainer(choice).Train(spec, _ => { }, CancellationToken.None));

        second.WeightsSha256.ShouldBe(first.WeightsSha256);
        second.Test.ShouldBe(first.Test);
    }

    [Theory]
    [MemberData(nameof(KernelSets))]
    public void SpecAndKernelsDecideTheBits(KernelChoice choice)
    {
        var spec = Spec(("dropout", 0.3), ("depth", 2L));

        var checkpoints = Enumerable.Range(0, 2).Select(_ => Completed(Trainer(choice).Train(spec, _ => { }, CancellationToken.None)).Checkpoint).ToList();

        checkpoints[1].ShouldBe(checkpoints[0]);
    }

    [Theory]
    [MemberData(nameof(KernelSets))]
    public void TrialsBesideEachOtherChangeNothing(KernelChoice choice)
    {
        TrialSpec[] specs = [.. Enumerable.Range(1, 4).Select(seed => Spec(("dropout", 0.3), ("seed", (long)seed), ("width", 16L * seed)))];
        var trainer = Trainer(choice);
        var alone = specs.Select(spec => Completed(trainer.Train(spec, _ => { }, CancellationToken.None)).Checkpoint).ToList();

        var together = new Checkpoint[specs.Length];
        using var start = new Barrier(specs.Length);
        Thread[] threads = [.. specs.Select((spec, number) => new Thread(() =>
        {
            start.SignalAndWait();
            together[number] = Completed(trainer.Train(spec, _ => { }, CancellationToken.None)).Checkpoint;
        }))];
        foreach (var thread in threads) thread.Start();
        foreach (var thread in threads) thread.Join();

        together.ShouldBe(alone);
    }

    [Theory]
    [InlineData("seed")]
    [InlineData("split_seed")]
    public void EachSeedMatters(string name)
    {
        var weights = new long[] { 1, 2 }.Select(seed => Completed(Trainer().Train(Spec((name, seed)), _ => { }, CancellationToken.None)).WeightsSha256);

        weights.Distinct().Count().ShouldBe(2);
    }

    [Fact]
    public void LastBatchCountsByItsOwnSize()
    {
        // 450 images are trained on. In one batch, which has 600 places, they are the whole gradient; so they are in one of exactly 450.
        string Weights(long batchSize) =>
            Completed(Trainer(KernelChoice.Managed).Train(Spec(("batch_size", batchSize), ("epochs", 3L)), _ => { }, CancellationToken.None)).WeightsSha256;

        Weights(600).ShouldBe(Weights(450));
    }
}
