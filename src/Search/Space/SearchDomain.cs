using System.Numerics;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Space;

/// <summary>What a parameter of the search space may be: a distribution of values, laid out on the shares from 0 to 1 in order.</summary>
public abstract partial record SearchDomain
{
    private static readonly double LastShare = Math.BitDecrement(1.0);

    private SearchDomain()
    {
    }

    /// <summary>How many different values there are; null where they are continuous, or have no end.</summary>
    public abstract BigInteger? Size { get; }

    /// <summary>Each value is as likely as any other.</summary>
    public abstract bool IsEven { get; }

    /// <summary>The value below which this share of the distribution lies: uniform shares give values as they are distributed.</summary>
    /// <param name="share">In [0, 1).</param>
    public abstract ParameterValue At(double share);

    /// <summary>A share that gives the value: the middle of all that do. A number beyond the ends counts as the nearest end.</summary>
    /// <returns>In [0, 1).</returns>
    public abstract double ShareOf(ParameterValue value);

    /// <summary>The values of a finite domain by number, in order.</summary>
    /// <param name="index">From 0, below <see cref="Size"/>.</param>
    public abstract ParameterValue Nth(ulong index);

    /// <summary>Whether it is one of the values, as they are drawn.</summary>
    public virtual bool Holds(ParameterValue value) => value is ParameterValue.Whole or ParameterValue.Real && At(ShareOf(value)) == value;

    public sealed record Constant(ParameterValue Value) : SearchDomain
    {
        public override BigInteger? Size => 1;

        public override bool IsEven => true;

        public override ParameterValue At(double share) => Value;

        public override double ShareOf(ParameterValue value) => 0.5;

        public override ParameterValue Nth(ulong index) => Value;

        public override bool Holds(ParameterValue value) => value == Value;
    }

    /// <summary>One of some values; their order means nothing.</summary>
    /// <param name="Probabilities">Of each value, together 1; null where all are as likely.</param>
    public sealed record Choices(IReadOnlyList<ParameterValue> Values, IReadOnlyList<double>? Probabilities = null) : SearchDomain
    {
        public override BigInteger? Size => Values.Count;

        public override bool IsEven => Probabilities is null;

        public override ParameterValue At(double share)
        {
            if (Probabilities is null) return Values[(int)(share * Values.Count)];
            var below = 0.0;
            for (var index = 0; index < Values.Count; index++)
                if (share < (below += Probabilities[index])) return Values[index];
            // The sum of the probabilities may fall short of 1 by its rounding.
            return Values[Probabilities.Index().Last(item => item.Item > 0).Index];
        }

        public override double ShareOf(ParameterValue value)
        {
            var index = Values.Index().First(item => item.Item == value).Index;
            return Probabilities is null ? (index + 0.5) / Values.Count : Math.Min(Probabilities.Take(index).Sum() + Probabilities[index] / 2, LastShare);
        }

        public override ParameterValue Nth(ulong index) => Values[(int)index];

        public override bool Holds(ParameterValue value) => Values.Contains(value);
    }

    /// <summary>Whole numbers from <paramref name="Min"/> to <paramref name="Max"/>, both included, all as likely.</summary>
    public sealed record WholeRange(long Min, long Max) : SearchDomain
    {
        public override BigInteger? Size => (BigInteger)Max - Min + 1;

        public override bool IsEven => true;

        // Of more than 2^53 numbers a share can't reach all, and the last product may round up to the size.
        public override ParameterValue At(double share) => Min + (long)Math.Min((ulong)(share * ((double)Max - Min + 1)), (ulong)(Max - Min));

        public override double ShareOf(ParameterValue value) =>
            Math.Clamp((Math.Clamp(NumberOf(value), Min, Max) - Min + 0.5) / ((double)Max - Min + 1), 0, LastShare);

        public override ParameterValue Nth(ulong index) => Min + (long)index;
    }

    /// <summary>Numbers of a distribution.</summary>
    public sealed record RealRange(Distribution Distribution) : SearchDomain
    {
        /// <param name="Logarithmic">Uniform in the logarithm of the value.</param>
        public RealRange(double Min, double Max, bool Logarithmic)
            : this(Logarithmic ? new Distribution.LogUniform(Min, Max) : new Distribution.Uniform(Min, Max))
        {
        }

        public double Min => Distribution.Min;

        public double Max => Distribution.Max;

        public override BigInteger? Size => null;

        public override bool IsEven => false;

        public override ParameterValue At(double share) => Math.Clamp(Distribution.Quantile(share), double.MinValue, double.MaxValue);

        public override double ShareOf(ParameterValue value) => Math.Min(Distribution.Cumulative(NumberOf(value)), LastShare);

        public override ParameterValue Nth(ulong index) => throw new InvalidOperationException("A continuous range can't be numbered.");

        // What a share gives back differs from it in its last digits.
        public override bool Holds(ParameterValue value) =>
            value is ParameterValue.Whole or ParameterValue.Real && NumberOf(value) >= Min && NumberOf(value) <= Max;
    }

    private static double NumberOf(ParameterValue value) => value is ParameterValue.Whole whole ? whole.Value : ((ParameterValue.Real)value).Value;
}
