namespace FashionSweep.Search.Space;

/// <summary>How the numbers of a range are distributed.</summary>
public abstract record Distribution
{
    private Distribution()
    {
    }

    /// <summary>As a sweep file calls it, where its bounds are values.</summary>
    public abstract string Name { get; }

    /// <summary>By the keys of a sweep file.</summary>
    public abstract IReadOnlyList<KeyValuePair<string, double>> Settings { get; }

    /// <summary>The least number; negative infinity where there is none.</summary>
    public abstract double Min { get; }

    /// <summary>The greatest number; infinity where there is none.</summary>
    public abstract double Max { get; }

    /// <summary>It ends on both sides by itself.</summary>
    public virtual bool HasEnds => double.IsFinite(Min) && double.IsFinite(Max);

    /// <summary>The number below which this share of the numbers lies.</summary>
    /// <param name="share">From 0 to 1.</param>
    public abstract double Quantile(double share);

    /// <summary>The share of the numbers that lie below a number: 0 and 1 beyond the ends.</summary>
    public abstract double Cumulative(double number);

    public sealed record Uniform(double From, double To) : Distribution
    {
        public override string Name => "uniform";

        public override IReadOnlyList<KeyValuePair<string, double>> Settings => [new("min", From), new("max", To)];

        public override double Min => From;

        public override double Max => To;

        // Rounding may carry the last step beyond an end.
        public override double Quantile(double share) => Math.Clamp(double.Lerp(From, To, share), From, To);

        public override double Cumulative(double number) => From == To ? Only(number, From) : Math.Clamp((number - From) / (To - From), 0, 1);
    }

    /// <summary>Uniform in the logarithm.</summary>
    /// <param name="From">Above 0.</param>
    public sealed record LogUniform(double From, double To) : Distribution
    {
        public override string Name => "log_uniform_values";

        public override IReadOnlyList<KeyValuePair<string, double>> Settings => [new("min", From), new("max", To)];

        public override double Min => From;

        public override double Max => To;

        public override double Quantile(double share) => Math.Clamp(Math.Exp(double.Lerp(Math.Log(From), Math.Log(To), share)), From, To);

        public override double Cumulative(double number)
        {
            if (number <= 0) return 0;
            return From == To ? Only(number, From) : Math.Clamp(Math.Log(number / From) / Math.Log(To / From), 0, 1);
        }
    }

    /// <param name="Sigma">The standard deviation, above 0.</param>
    public sealed record Normal(double Mu, double Sigma) : Distribution
    {
        public override string Name => "normal";

        public override IReadOnlyList<KeyValuePair<string, double>> Settings => [new("mu", Mu), new("sigma", Sigma)];

        public override double Min => double.NegativeInfinity;

        public override double Max => double.PositiveInfinity;

        public override double Quantile(double share) => Mu + Sigma * NormalCurve.Quantile(share);

        public override double Cumulative(double number) => NormalCurve.Cumulative((number - Mu) / Sigma);
    }

    /// <summary>Normal in the logarithm.</summary>
    public sealed record LogNormal(double Mu, double Sigma) : Distribution
    {
        public override string Name => "log_normal";

        public override IReadOnlyList<KeyValuePair<string, double>> Settings => [new("mu", Mu), new("sigma", Sigma)];

        public override double Min => 0;

        public override double Max => double.PositiveInfinity;

        public override double Quantile(double share) => Math.Exp(Mu + Sigma * NormalCurve.Quantile(share));

        public override double Cumulative(double number) => number <= 0 ? 0 : NormalCurve.Cumulative((Math.Log(number) - Mu) / Sigma);
    }

    /// <summary>The beta distribution, on 0 to 1.</summary>
    public sealed record Beta(double A, double B) : Distribution
    {
        public override string Name => "beta";

        public override IReadOnlyList<KeyValuePair<string, double>> Settings => [new("a", A), new("b", B)];

        public override double Min => 0;

        public override double Max => 1;

        public override double Quantile(double share) => IncompleteBeta.Inverse(A, B, share);

        public override double Cumulative(double number) => IncompleteBeta.Regularized(A, B, Math.Clamp(number, 0, 1));
    }

    /// <summary>Another distribution without what lies beyond two ends.</summary>
    public sealed record Truncated(Distribution Inner, double From, double To) : Distribution
    {
        public override string Name => Inner.Name;

        public override IReadOnlyList<KeyValuePair<string, double>> Settings => Inner.Settings;

        public override double Min => Math.Max(From, Inner.Min);

        public override double Max => Math.Min(To, Inner.Max);

        // The tails of what has no ends are never counted through: nearly all of their values are never drawn.
        public override bool HasEnds => Inner.HasEnds;

        /// <summary>How much of the other distribution is left.</summary>
        public double Mass => Inner.Cumulative(To) - Inner.Cumulative(From);

        public override double Quantile(double share) =>
            Math.Clamp(Inner.Quantile(double.Lerp(Inner.Cumulative(From), Inner.Cumulative(To), share)), Min, Max);

        public override double Cumulative(double number) => Math.Clamp((Inner.Cumulative(number) - Inner.Cumulative(From)) / Mass, 0, 1);
    }

    // A range of one number has no slope: that number's share is the middle.
    private static double Only(double number, double only) => number < only ? 0 : number > only ? 1 : 0.5;
}
