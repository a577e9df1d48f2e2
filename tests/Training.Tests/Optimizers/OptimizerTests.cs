using FashionSweep.Training.Kernels;
using FashionSweep.Training.Models;
using FashionSweep.Training.Optimizers;
using FashionSweep.Training.Randomness;
using FashionSweep.Training.Tests.Networks;

namespace FashionSweep.Training.Tests.Optimizers;

/// <summary>What every optimizer keeps to, beside its own formula.</summary>
public sealed class OptimizerTests
{
    private static readonly Dictionary<string, OptimizerConfig> Configs = new()
    {
        ["sgd"] = new OptimizerConfig.Sgd(Momentum: 0, Nesterov: false, WeightDecay: 5),
        ["sgd with momentum"] = new OptimizerConfig.Sgd(Momentum: 0.9, Nesterov: true, WeightDecay: 5),
        ["adam"] = new OptimizerConfig.Adam(0.9, 0.999, 1e-8, WeightDecay: 5, Decoupled: false),
        ["adamw"] = new OptimizerConfig.Adam(0.9, 0.999, 1e-8, WeightDecay: 5, Decoupled: true),
        ["nadam"] = new OptimizerConfig.NAdam(0.9, 0.999, 1e-8, WeightDecay: 5, MomentumDecay: 0.004),
        ["rmsprop"] = new OptimizerConfig.RmsProp(0.99, 1e-8, Momentum: 0.9, WeightDecay: 5),
        ["adagrad"] = new OptimizerConfig.Adagrad(1e-10, WeightDecay: 5),
        ["lion"] = new OptimizerConfig.Lion(0.9, 0.99, WeightDecay: 5),
    };

    public static TheoryData<string> Names => [.. Configs.Keys];

    public static TheoryData<string, float> LostGradients
    {
        get
        {
            var lost = new TheoryData<string, float>();
            foreach (var name in Configs.Keys)
                foreach (var gradient in new[] { float.NaN, float.PositiveInfinity, float.NegativeInfinity }) lost.Add(name, gradient);
            return lost;
        }
    }

    [Theory]
    [MemberData(nameof(LostGradients))]
    public void ALostGradientLosesItsWeightAndNoOther(string name, float gradient)
    {
        using var net = SmallNet();
        var parameters = net.Model.Parameters;
        var optimizer = Optimizer.Of(Configs[name], parameters, net.Buffers);

        Gradients(parameters).Fill(0.1f);
        Gradients(parameters)[3] = gradient;
        optimizer.Step(1, 0.001);

        Weights(parameters).ToArray().Index().Where(weight => !float.IsFinite(weight.Item)).Select(weight => weight.Index).ShouldBe([3]);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void DecayLeavesNoDenormals(string name)
    {
        using var net = SmallNet();
        var parameters = net.Model.Parameters;
        var optimizer = Optimizer.Of(Configs[name], parameters, net.Buffers);

        Gradients(parameters).Fill(0.1f);
        optimizer.Step(1, 0.01);
        Gradients(parameters).Clear();
        for (var number = 2; number <= 8000; number++) optimizer.Step(number, 0.01);

        Weights(parameters).ToArray().Count(float.IsSubnormal).ShouldBe(0);
        States(optimizer, parameters).SelectMany(state => state).Count(float.IsSubnormal).ShouldBe(0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void PaddingStaysZero(string name)
    {
        using var net = SmallNet();
        var parameters = net.Model.Parameters;
        Weights(parameters).Clear();
        Gradients(parameters).Clear();
        var optimizer = Optimizer.Of(Configs[name], parameters, net.Buffers);

        for (var number = 1; number <= 3; number++) optimizer.Step(number, 0.01);

        Weights(parameters).ToArray().ShouldAllBe(weight => weight == 0);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void ItsStateAndTheStepsNumberAreAllThatItRemembers(string name)
    {
        using var net = SmallNet();
        var parameters = net.Model.Parameters;
        var optimizer = Optimizer.Of(Configs[name], parameters, net.Buffers);
        Steps(optimizer, parameters, 1, 20);
        var (weights, states) = (Weights(parameters).ToArray(), States(optimizer, parameters));
        Steps(optimizer, parameters, 21, 40);
        var straight = Weights(parameters).ToArray();

        var another = Optimizer.Of(Configs[name], parameters, net.Buffers);
        foreach (var resumed in new[] { optimizer, another })
        {
            weights.CopyTo(Weights(parameters));
            Restore(resumed, states);
            Steps(resumed, parameters, 21, 40);
            Weights(parameters).ToArray().ShouldBe(straight);
        }
    }

    private static void Steps(IOptimizer optimizer, ParameterBlock parameters, int first, int last)
    {
        for (var number = first; number <= last; number++)
        {
            var numbers = new RandomStream(7, Purpose.Split, epoch: number);
            foreach (ref var gradient in Gradients(parameters)) gradient = numbers.Symmetric(0.1f);
            optimizer.Step(number, 0.001 * number);
        }
    }

    private static Net SmallNet() => new(KernelChoice.Managed, new MlpShape(5, [9], 4, Dropout: 0), batchSize: 4);

    private static unsafe Span<float> Weights(ParameterBlock parameters) => new(parameters.Weights, (int)parameters.Trainable);

    private static unsafe Span<float> Gradients(ParameterBlock parameters) => new(parameters.Gradients, (int)parameters.Trainable);

    private static unsafe List<float[]> States(IOptimizer optimizer, ParameterBlock parameters) =>
        [.. optimizer.State.Select(start => new Span<float>((float*)start, (int)parameters.Trainable).ToArray())];

    private static unsafe void Restore(IOptimizer optimizer, List<float[]> states)
    {
        foreach (var (start, state) in optimizer.State.Zip(states)) state.CopyTo(new Span<float>((float*)start, state.Length));
    }
}
