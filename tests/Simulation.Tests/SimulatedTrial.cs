using System.Globalization;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Simulation.Tests;

/// <summary>What training a trial comes to: it depends on the trial's parameters and seed alone, wherever and however often it runs.</summary>
internal sealed class SimulatedTrial
{
    private static readonly TrialEnvironment Somewhere = new("managed", "fp32", "0.1.0", "a processor", ".NET 10", "an OS", "a host");
    private static readonly string[] Telling = ["learning_rate", "width", "dropout", "seed", "epochs", "optimizer", "engine"];

    private readonly TrialSpec _spec;
    private readonly Chance _nature;
    private readonly double[] _accuracies;

    public SimulatedTrial(TrialSpec spec)
    {
        _spec = spec;
        _nature = new Chance(HashOf(spec.Parameters));
        var kind = _nature.Share();
        (Diverges, Fails) = (kind < 0.06, kind is >= 0.06 and < 0.1);
        Epochs = (int)((ParameterValue.Whole)spec.Parameters["epochs"]!).Value;
        EndsIn = Diverges || Fails ? 1 + _nature.Next(Epochs) : Epochs;
        var (best, speed) = (_nature.Number(0.3, 0.95), _nature.Number(0.3, 2));
        _accuracies = [.. Enumerable.Range(1, Epochs).Select(epoch => best * (1 - Math.Exp(-speed * epoch)) + _nature.Number(0, 0.02))];
    }

    public bool Diverges { get; }

    /// <summary>By an error of its own, each time it is tried.</summary>
    public bool Fails { get; }

    public int Epochs { get; }

    /// <summary>The last epoch that it begins.</summary>
    public int EndsIn { get; }

    public TrialOutcome Outcome => Diverges ? new TrialOutcome.Diverged(EndsIn, 7, "the loss is not a number")
        : Fails ? new TrialOutcome.Failed("it never works")
        : new TrialOutcome.Completed(Result);

    public TrialResult Result
    {
        get
        {
            var best = 1;
            for (var epoch = 2; epoch <= Epochs; epoch++)
                if (_spec.Objective.IsBetter(_spec.Objective.Of(Report(epoch)), _spec.Objective.Of(Report(best)))) best = epoch;
            var (train, validation) = (Report(best).Train, Report(best).Validation);
            var weights = string.Create(CultureInfo.InvariantCulture, $"{HashOf(_spec.Parameters):x8}");
            var checkpoint = new Checkpoint(weights.PadLeft(64, 'a'), 437_544);
            return new TrialResult(best, Epochs, train, validation, validation, 109_386, weights, Epochs, checkpoint, Somewhere);
        }
    }

    public EpochReport Report(int epoch)
    {
        var accuracy = _accuracies[epoch - 1];
        return new EpochReport(epoch, new Score(1.02 - accuracy, accuracy * 0.99), new Score(1 - accuracy, accuracy), 1.25);
    }

    // The same in each process: the runtime's own hashes are not.
    private static int HashOf(ParameterSet parameters)
    {
        var hash = 2166136261;
        foreach (var name in Telling)
            foreach (var letter in parameters[name]?.ToString() ?? "") hash = (hash ^ letter) * 16777619;
        return (int)(hash & int.MaxValue);
    }
}
