namespace FashionSweep.Training.Optimizers;

/// <summary>An optimizer without its learning rate, which is the schedule's.</summary>
public abstract record OptimizerConfig
{
    private OptimizerConfig()
    {
    }

    public sealed record Sgd(double Momentum, bool Nesterov, double WeightDecay) : OptimizerConfig;

    /// <param name="Decoupled">Weight decay apart from the gradient: AdamW.</param>
    public sealed record Adam(double Beta1, double Beta2, double Epsilon, double WeightDecay, bool Decoupled) : OptimizerConfig;

    public sealed record NAdam(double Beta1, double Beta2, double Epsilon, double WeightDecay, double MomentumDecay) : OptimizerConfig;

    public sealed record RmsProp(double Alpha, double Epsilon, double Momentum, double WeightDecay) : OptimizerConfig;

    public sealed record Adagrad(double Epsilon, double WeightDecay) : OptimizerConfig;

    public sealed record Lion(double Beta1, double Beta2, double WeightDecay) : OptimizerConfig;
}
