using FashionSweep.Search.Space;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Search.Sweeps;

/// <summary>What the bounds of a distribution are in a sweep file.</summary>
internal enum Bounds
{
    /// <summary>It has none of its own.</summary>
    None,
    Values,

    /// <summary>Of e.</summary>
    Exponents,

    /// <summary>Of e, for 1 through the value.</summary>
    InverseExponents,
}

/// <summary>A distribution of numbers as a sweep file writes it: the words and keys of W&amp;B's "sweep configuration options".</summary>
/// <param name="Keys">Those of its settings; <c>q</c> comes with all that begin on <c>q_</c>.</param>
/// <param name="Make">From the settings, in the order of the keys.</param>
internal sealed record DistributionForm(string Name, string Meaning, string[] Keys, Bounds Bounds, Func<double, double, Distribution> Make)
{
    public const string IntUniform = "int_uniform";

    /// <summary>The rule of a quantum; of a whole-number hyperparameter it must be whole besides.</summary>
    public static ValueRule.Number Quantum { get; } = new(1e-9, 1e9);

    private static readonly DistributionForm[] Continuous =
    [
        new("uniform", "all numbers from min to max are as likely", ["min", "max"], Bounds.Values, (min, max) => new Distribution.Uniform(min, max)),
        new("log_uniform", "uniform in the logarithm, from e^min to e^max", ["min", "max"], Bounds.Exponents,
            (min, max) => new Distribution.LogUniform(Math.Exp(min), Math.Exp(max))),
        new("log_uniform_values", "uniform in the logarithm, from min to max", ["min", "max"], Bounds.Values,
            (min, max) => new Distribution.LogUniform(min, max)),
        new("inv_log_uniform", "uniform in the logarithm of 1/x, from e^-max to e^-min", ["min", "max"], Bounds.InverseExponents,
            (min, max) => new Distribution.LogUniform(Math.Exp(-max), Math.Exp(-min))),
        new("inv_log_uniform_values", "uniform in the logarithm of 1/x, from min to max", ["min", "max"], Bounds.Values,
            (min, max) => new Distribution.LogUniform(min, max)),
        new("normal", "normal of mean mu (0) and standard deviation sigma (1)", ["mu", "sigma"], Bounds.None,
            (mu, sigma) => new Distribution.Normal(mu, sigma)),
        new("log_normal", "its logarithm is normal of mean mu (0) and standard deviation sigma (1)", ["mu", "sigma"], Bounds.None,
            (mu, sigma) => new Distribution.LogNormal(mu, sigma)),
        new("beta", "the beta distribution of a and b, on 0 to 1", ["a", "b"], Bounds.None, (a, b) => new Distribution.Beta(a, b)),
    ];

    // W&B has no quantised form of the inverse ones.
    public static IReadOnlyList<DistributionForm> All { get; } =
    [
        .. Continuous,
        .. Continuous.Where(form => !form.Name.StartsWith("inv_", StringComparison.Ordinal))
            .Select(form => form with { Name = $"q_{form.Name}", Meaning = $"as {form.Name}, rounded to multiples of q (1)", Keys = [.. form.Keys, "q"] }),
        new(IntUniform, "whole numbers from min to max, all as likely", ["min", "max"], Bounds.Values, (min, max) => new Distribution.Uniform(min, max)),
    ];

    public bool IsStepped => Keys.Contains("q");

    public bool IsLogarithmic => Bounds is not Bounds.None && Name.Contains("log", StringComparison.Ordinal);

    public static DistributionForm Of(string name) => All.First(form => form.Name == name);

    /// <summary>The value that a bound stands for.</summary>
    public double ValueAt(double bound) => Bounds switch
    {
        Bounds.Exponents => Math.Exp(bound),
        Bounds.InverseExponents => Math.Exp(-bound),
        _ => bound,
    };
}
