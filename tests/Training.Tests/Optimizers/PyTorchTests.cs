using System.Text.Json;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;
using FashionSweep.Training.Configuration;
using FashionSweep.Training.Kernels;
using FashionSweep.Training.Optimizers;
using FashionSweep.Training.Randomness;
using FashionSweep.Training.Schedules;
using FashionSweep.Training.Tests.Networks;

namespace FashionSweep.Training.Tests.Optimizers;

/// <summary>Sixty steps beside PyTorch's from the same weights and batches; <c>Fixtures/optimizers.py</c> says how its results were made.</summary>
public sealed class PyTorchTests
{
    private static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    private static readonly Fixture Results = JsonSerializer.Deserialize<Fixture>(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Fixtures", "optimizers.json")), Json)!;

    public static TheoryData<KernelChoice, int> Cases
    {
        get
        {
            var cases = new TheoryData<KernelChoice, int>();
            foreach (var choice in new[] { KernelChoice.OneDnn, KernelChoice.Managed })
                for (var number = 0; number < Results.Cases.Count; number++) cases.Add(choice, number);
            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void LossesAndWeightsAreThoseOfPyTorch(KernelChoice choice, int number)
    {
        var expected = Results.Cases[number];
        var widths = Results.Widths;
        using var net = new Net(choice, new MlpShape(widths[0], widths[1..^1], widths[^1], Dropout: 0), Results.Batches.Max(batch => batch.Labels.Length));
        var parameters = net.Model.Parameters;
        parameters.Import([.. Results.Start.Select(tensor => new NamedTensor(tensor.Key, [], tensor.Value))]);
        var optimizer = Optimizer.Of(expected.Config, parameters, net.Buffers);
        var clip = new GradientClip(expected.Options.Clip, parameters);
        var schedule = new LearningRateSchedule(expected.Schedule, Results.Epochs, Results.Batches.Count, Objective.Default);

        var losses = new List<double>();
        for (var epoch = 1; epoch <= Results.Epochs; epoch++)
            foreach (var (index, batch) in Results.Batches.Index())
            {
                for (var row = 0; row < batch.Inputs.Length; row++) batch.Inputs[row].CopyTo(net.Model.Input.Row(row));
                byte[] labels = [.. batch.Labels.Select(label => (byte)label)];
                losses.Add(net.Model.Learn(labels, new TrainingStep(0, 1, 1)).Loss / labels.Length);
                clip.Apply();
                optimizer.Step(losses.Count, schedule.RateAt(epoch, index + 1, []));
            }

        losses.Count.ShouldBe(expected.Losses.Length);
        losses.Zip(expected.Losses).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) < 1e-5);
        foreach (var tensor in parameters.Export())
            foreach (var (value, wanted) in tensor.Values.Zip(expected.Weights[tensor.Name])) value.ShouldBe(wanted, 2e-5f, tensor.Name);
    }

    public sealed record Fixture(int[] Widths, int Epochs, Dictionary<string, float[]> Start, List<Batch> Batches, List<Case> Cases);

    public sealed record Batch(float[][] Inputs, int[] Labels);

    public sealed record Case(string Optimizer, Options Options, double[] Losses, Dictionary<string, float[]> Weights)
    {
        public OptimizerConfig Config => Optimizer switch
        {
            "SGD" => new OptimizerConfig.Sgd(Options.Momentum, Options.Nesterov, Options.WeightDecay),
            "RMSprop" => new OptimizerConfig.RmsProp(Options.Alpha, Epsilon, Options.Momentum, Options.WeightDecay),
            "NAdam" => new OptimizerConfig.NAdam(Options.Betas[0], Options.Betas[1], Epsilon, Options.WeightDecay, Options.MomentumDecay),
            "Adagrad" => new OptimizerConfig.Adagrad(Options.Eps ?? 1e-10, Options.WeightDecay),
            "Lion" => new OptimizerConfig.Lion(Options.Betas[0], Options.Betas[1], Options.WeightDecay),
            _ => new OptimizerConfig.Adam(Options.Betas[0], Options.Betas[1], Epsilon, Options.WeightDecay, Decoupled: Optimizer == "AdamW"),
        };

        public ScheduleConfig Schedule => TrainerCatalog.Parameters.Complete(
            (Options.Schedule ?? ParameterSet.Empty).With([KeyValuePair.Create("learning_rate", (ParameterValue)Options.Lr)]), sweepSeed: 1).ToSchedule();

        private double Epsilon => Options.Eps ?? 1e-8;
    }

    public sealed record Options(double Lr, double Momentum, bool Nesterov, double WeightDecay)
    {
        public double[] Betas { get; init; } = [0.9, 0.999];

        public double? Eps { get; init; }

        public double Alpha { get; init; } = 0.99;

        public double MomentumDecay { get; init; } = 0.004;

        public double Clip { get; init; }

        public ParameterSet? Schedule { get; init; }
    }
}
