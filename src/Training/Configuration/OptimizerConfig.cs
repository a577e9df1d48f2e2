using FashionSweep.Shared.Trials;

namespace FashionSweep.Training.Configuration;

/// <summary>An optimizer without its learning rate, which is the schedule's.</summary>
public abstract record OptimizerConfig
{
    private OptimizerConfig()
    {
    }

    public static OptimizerConfig Of(ParameterSet complete)
    {
        var (beta1, beta2, epsilon, decay) = (complete.Number("beta1"), complete.Number("beta2"), complete.Number("epsilon"), complete.Number("weight_decay"));
        return complete.Text("optimizer") switch
        {
            "sgd" or "momentum" or "nesterov" => new Sgd(complete.Number("momentum"), complete.Flag("nesterov"), decay),
            "adam" => new Adam(beta1, beta2, epsilon, decay, Decoupled: false),
            "adamw" => new Adam(beta1, beta2, epsilon, decay, Decoupled: true),
            "nadam" => new NAdam(beta1, beta2, epsilon, decay, complete.Number("momentum_decay")),
            "rmsprop" => new RmsProp(complete.Number("alpha"), epsilon, complete.Number("momentum"), decay),
            "adagrad" => new Adagrad(epsilon, decay),
            "lion" => new Lion(beta1, beta2, decay),
            var other => throw new InvalidOperationException($"No optimizer is called {other}."),
        };
    }

    public sealed record Sgd(double Momentum, bool Nesterov, double WeightDecay) : OptimizerConfig;

    /// <param name="Decoupled">Weight decay apart from the gradient: AdamW.</param>
    public sealed record Adam(double Beta1, double Beta2, double Epsilon, double WeightDecay, bool Decoupled) : OptimizerConfig;

    public sealed record NAdam(double Beta1, double Beta2, double Epsilon, double WeightDecay, double MomentumDecay) : OptimizerConfig;

    public sealed record RmsProp(double Alpha, double Epsilon, double Momentum, double WeightDecay) : OptimizerConfig;

    public sealed record Adagrad(double Epsilon, double WeightDecay) : OptimizerConfig;

    public sealed record Lion(double Beta1, double Beta2, double WeightDecay) : OptimizerConfig;
}
