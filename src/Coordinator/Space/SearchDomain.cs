using System.Numerics;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Space;

/// <summary>What a parameter of the search space may be: a distribution of values, laid out on the shares from 0 to 1 in order.</summary>
public abstract record SearchDomain
{
    private SearchDomain()
    {
    }

    /// <summary>How many different values there are; null where they are continuous.</summary>
    public abstract BigInteger? Size { get; }

    /// <summary>The value below which this share of the distribution lies: uniform shares give values as they are distributed.</summary>
    /// <param name="share">In [0, 1).</param>
    public abstract ParameterValue At(double share);

    /// <summary>A share that gives the value: the middle of all that do.</summary>
    public abstract double ShareOf(ParameterValue value);

    /// <summary>Whether it is one of the values.</summary>
    public abstract bool Holds(ParameterValue value);

    public sealed record Constant(ParameterValue Value) : SearchDomain
    {
        public override BigInteger? Size => 1;

        public override ParameterValue At(double share) => Value;

        public override double ShareOf(ParameterValue value) => 0.5;

        public override bool Holds(ParameterValue value) => value == Value;
    }

    /// <summary>One of some values, all as likely; their order means nothing.</summary>
    public sealed record Choices(IReadOnlyList<ParameterValue> Values) : SearchDomain
    {
        public override BigInteger? Size => Values.Count;

        public override ParameterValue At(double share) => Values[(int)(share * Values.Count)];

        public override double ShareOf(ParameterValue value) => (Values.Index().First(item => item.Item == value).Index + 0.5) / Values.Count;

        public override bool Holds(ParameterValue value) => Values.Contains(value);
    }

    /// <summary>Whole numbers from <paramref name="Min"/> to <paramref name="Max"/>, both included.</summary>
    public sealed record WholeRange(long Min, long Max) : SearchDomain
    {
        public override BigInteger? Size => (BigInteger)Max - Min + 1;

        // Of more than 2^53 numbers a share can't reach all, and the last product may round up to the size.
        public override ParameterValue At(double share) => Min + (long)Math.Min((ulong)(share * ((double)Max - Min + 1)), (ulong)(Max - Min));

        public override double ShareOf(ParameterValue value) => ((double)((ParameterValue.Whole)value).Value - Min + 0.5) / ((double)Max - Min + 1);

        public override bool Holds(ParameterValue value) => value is ParameterValue.Whole { Value: var whole } && whole >= Min && whole <= Max;
    }

    /// <param name="Logarithmic">Uniform in the logarithm of the value.</param>
    public sealed record RealRange(double Min, double Max, bool Logarithmic) : SearchDomain
    {
        public override BigInteger? Size => null;

        // Rounding may carry the last step beyond an end.
        public override ParameterValue At(double share) => Math.Clamp(
            Logarithmic ? Math.Exp(double.Lerp(Math.Log(Min), Math.Log(Max), share)) : double.Lerp(Min, Max, share), Min, Max);

        public override double ShareOf(ParameterValue value)
        {
            var number = value is ParameterValue.Whole whole ? whole.Value : ((ParameterValue.Real)value).Value;
            if (Min == Max) return 0.5;
            return Logarithmic ? Math.Log(number / Min) / Math.Log(Max / Min) : (number - Min) / (Max - Min);
        }

        public override bool Holds(ParameterValue value) => value is ParameterValue.Real { Value: var real } && real >= Min && real <= Max;
    }
}
