using FashionSweep.Shared.Trials;
using FashionSweep.Training.Data;
using FashionSweep.Training.Evaluation;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Networks;

namespace FashionSweep.Training.Tests.Evaluation;

public sealed class ClassifierTests : ToyTrials
{
    private const int Images = 200;

    private static byte[] Pixels => ToyData.Data.Test.Pixels;

    [Theory]
    [MemberData(nameof(KernelSets))]
    public async Task ItSaysWhatTheTrialsInferenceSaysHoweverManyImagesComeAtOnce(KernelChoice choice)
    {
        var (member, inference) = Trained(choice);
        var expected = inference.Predict(DataPart.Test, inference.ImagesOf(DataPart.Test), CancellationToken.None)
            .SelectMany(one => one.Probabilities).ToList();
        using var classifier = Open([member]);

        foreach (var atOnce in new[] { 1, 7, 64, 70, Images })
        {
            var given = new List<double>();
            for (var first = 0; first < Images; first += atOnce)
                given.AddRange(await ClassifyAsync(classifier, first, Math.Min(atOnce, Images - first)));
            given.Count.ShouldBe(expected.Count);
            given.Zip(expected).Max(pair => Math.Abs(pair.First - pair.Second)).ShouldBeLessThan(1e-5, $"{atOnce} at once");
        }
    }

    [Theory]
    [MemberData(nameof(KernelSets))]
    public async Task ManyThreadsGetWhatOneGets(KernelChoice choice)
    {
        using var classifier = Open([Trained(choice).Member], places: 2);
        var alone = new double[Images][];
        for (var image = 0; image < Images; image++) alone[image] = await ClassifyAsync(classifier, image, 1);

        var together = await Task.WhenAll(Enumerable.Range(0, Images).Select(image => Task.Run(() => ClassifyAsync(classifier, image, 1))));

        together.ShouldBe(alone);
    }

    [Fact]
    public async Task ProbabilitiesOfSeveralAreAveragedByTheirWeights()
    {
        var (one, other) = (Trained().Member, Trained(("width", 16L), ("normalization", "standard")).Member);
        using var first = Open([one]);
        using var second = Open([other]);
        using var both = Open([one with { Weight = 0.75 }, other with { Weight = 0.25 }]);

        var expected = (await ClassifyAsync(first, 0, 20)).Zip(await ClassifyAsync(second, 0, 20), (a, b) => (0.75 * a) + (0.25 * b));

        (await ClassifyAsync(both, 0, 20)).Zip(expected).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-15);
    }

    [Fact]
    public async Task TheDataIsAskedForOnlyWhereTheScalingDependsOnIt()
    {
        using var unit = Open([Trained().Member], data: () => throw new InvalidOperationException("Asked for."));
        (await ClassifyAsync(unit, 0, 1)).Sum().ShouldBe(1, 1e-12);

        Should.Throw<InvalidOperationException>(
            () => Open([Trained(("normalization", "standard")).Member], data: () => throw new InvalidOperationException("Asked for.")));
    }

    private static async Task<double[]> ClassifyAsync(Classifier classifier, int first, int images)
    {
        var probabilities = new double[images * TrainingData.Classes];
        var pixels = Pixels.AsMemory(first * classifier.PixelsPerImage, images * classifier.PixelsPerImage);
        await classifier.ClassifyAsync(pixels, probabilities, CancellationToken.None);
        return probabilities;
    }

    private static Classifier Open(IReadOnlyList<Member> members, int places = 1, Func<TrainingData>? data = null) =>
        new(members, ToyData.Data.Image, data ?? (() => ToyData.Data), places);

    private (Member Member, Inference Inference) Trained(params (string Name, ParameterValue Value)[] chosen) => Trained(KernelChoice.Auto, chosen);

    private (Member Member, Inference Inference) Trained(KernelChoice choice, params (string Name, ParameterValue Value)[] chosen)
    {
        var spec = Spec(chosen);
        var result = Completed(Trainer(choice).Train(spec, _ => { }, CancellationToken.None));
        var model = RecordedModel.Read(spec, result, Checkpoints);
        var engine = new NativeEngine(KernelSet.Choose(choice));
        return (new Member(model, result.Environment, engine), new Inference(model, result.Environment, ToyData.Data, engine));
    }
}
