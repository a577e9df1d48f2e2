using FashionSweep.Training.Engines;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Losses;
using FashionSweep.Training.Models;
using FashionSweep.Training.Networks;
using FashionSweep.Training.Randomness;
using FashionSweep.Training.Tests.Networks;
using static FashionSweep.Training.Models.LayerSpec;

namespace FashionSweep.Training.Tests.Engines;

/// <summary>What every engine keeps to: a model's steps are those of our engine on managed kernels, but for rounding.</summary>
public abstract class EngineContract
{
    private const int BatchSize = 9;

    private static readonly IEngine Oracle = new NativeEngine(KernelSet.Choose(KernelChoice.Managed));
    private static readonly TrainingStep Step = new(Seed: 1, Epoch: 1, Number: 1);

    private static readonly Dictionary<string, LossConfig> LossConfigs = new()
    {
        ["cross_entropy"] = LossConfig.Default,
        ["cross_entropy smoothed"] = new(LossKind.CrossEntropy, Smoothing: 0.1),
        ["mean_squared_error"] = new(LossKind.MeanSquaredError, Smoothing: 0),
        ["mean_squared_error smoothed"] = new(LossKind.MeanSquaredError, Smoothing: 0.2),
    };

    public static TheoryData<string> Nets => [.. SmallNets.Names];

    public static TheoryData<string> Losses => [.. LossConfigs.Keys];

    public static TheoryData<Initialization> Initializations => [.. Enum.GetValues<Initialization>()];

    protected abstract IEngine Engine { get; }

    [Theory]
    [MemberData(nameof(Nets))]
    public void EveryLayerLearnsAndScoresAsDefined(string net) => ShouldAgree(SmallNets.PlanOf(net));

    [Theory]
    [MemberData(nameof(Losses))]
    public void EveryLossIsLearnedFrom(string loss) => ShouldAgree(SmallNets.PlanOf("conv"), LossConfigs[loss]);

    [Fact]
    public void DropoutDropsTheSameValues() => ShouldAgree(Plan(
        new Dropout(0.1), new Conv(3, 3), new Activate(Activation.Relu), new Dropout(0.3), new MaxPool(2, 2), new Dropout(0.2), new Flatten(),
        new Dropout(0.4), new Dense(20), new Activate(Activation.Tanh), new Dropout(0.5)));

    [Fact]
    public void AVectorMayBeAnImageOfOnePlace() => ShouldAgree(Plan(
        new Conv(5, 6), new Activate(Activation.Tanh), new Dense(7), new Conv(6, 1), new BatchNorm(), new Activate(Activation.Relu)));

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void FrozenLayersHaveNoGradientAndKeepTheirStatistics(int frozen) => ShouldAgree(SmallNets.PlanOf("conv batch norm").Freeze(frozen));

    [Fact]
    public void ABatchNormOfASingleImageGivesItsBias() => ShouldAgree(
        Plan(new Flatten(), new Dense(9), new BatchNorm(), new Activate(Activation.Tanh)), images: 1);

    [Fact]
    public void RowsBehindTheLabelsChangeNothing()
    {
        var plan = SmallNets.PlanOf("residual projection");
        using SmallModel clean = new(Engine, plan, BatchSize), dirty = new(Engine, plan, BatchSize);
        for (var row = 5; row < BatchSize; row++) dirty.Model.Input.Row(row)[..plan.Input.Count].Fill(100);

        clean.Model.Learn(new Targets(clean.Labels.AsSpan(0, 5)), Step).ShouldBe(dirty.Model.Learn(new Targets(dirty.Labels.AsSpan(0, 5)), Step));

        clean.Gradients().Values.SelectMany(values => values).ShouldBe(dirty.Gradients().Values.SelectMany(values => values));
    }

    [Theory]
    [MemberData(nameof(Initializations))]
    public void FirstWeightsAreThoseOfEveryEngine(Initialization initialization)
    {
        var plan = SmallNets.PlanOf("residual projection");
        using SmallModel own = new(Engine, plan, BatchSize), other = new(Oracle, plan, BatchSize);

        foreach (var model in new[] { own, other }) model.Model.Parameters.Import(FirstWeights.Draw(plan, initialization, seed: 7));

        own.Sha256().ShouldBe(other.Sha256());
    }

    [Fact]
    public void AModelThatIsGoneLeavesNothingToTheNext()
    {
        var plan = SmallNets.PlanOf("conv");
        var results = Enumerable.Range(0, 3).Select(_ =>
        {
            using var model = new SmallModel(Engine, plan, BatchSize);
            return (model.Model.Learn(new Targets(model.Labels), Step), model.Sha256());
        });
        results.Distinct().ShouldHaveSingleItem();
    }

    // Two steps, so that running statistics and a second mask count, then a score.
    private void ShouldAgree(ModelPlan plan, LossConfig? loss = null, int images = 7)
    {
        using SmallModel own = new(Engine, plan, BatchSize, loss), other = new(Oracle, plan, BatchSize, loss);
        for (var number = 1; number <= 2; number++)
        {
            var step = Step with { Number = number };
            var (expected, correct) = other.Model.Learn(Targets(other, images, number), step);
            var (found, right) = own.Model.Learn(Targets(own, images, number), step);
            found.ShouldBe(expected, 1e-5 * Math.Abs(expected));
            right.ShouldBe(correct);
            ShouldAgree(own.Gradients(), other.Gradients());
        }
        own.Model.Score(own.Labels.AsSpan(0, images)).Loss.ShouldBe(other.Model.Score(other.Labels.AsSpan(0, images)).Loss, 1e-5 * images);
        for (var row = 0; row < images; row++)
            for (var i = 0; i < plan.Output.Count; i++) own.Model.Logits.Row(row)[i].ShouldBe(other.Model.Logits.Row(row)[i], 1e-5f);
    }

    // The second step's are mixed.
    private static Targets Targets(SmallModel model, int images, int number)
    {
        var labels = model.Labels.AsSpan(0, images);
        return number == 1 ? new Targets(labels) : new Targets(labels) { Partners = model.Labels.AsSpan(1, images), Share = 0.3f };
    }

    private static void ShouldAgree(Dictionary<string, float[]> own, Dictionary<string, float[]> other)
    {
        own.Keys.ShouldBe(other.Keys);
        foreach (var (name, expected) in other)
            for (var i = 0; i < expected.Length; i++) own[name][i].ShouldBe(expected[i], 1e-5f, $"{name}[{i}]");
    }

    private static ModelPlan Plan(params LayerSpec[] hidden) => ModelPlan.Of(hidden, new TensorShape(1, 6, 6), classes: 4);
}
