using System.Numerics;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Space;

public abstract partial record SearchDomain
{
    /// <summary>Numbers of a distribution, each rounded to the nearest multiple of a quantum.</summary>
    /// <param name="Quantum">From 1e-9 to 1e9.</param>
    /// <param name="First">The least multiple; what would be below becomes this.</param>
    /// <param name="Last">The greatest multiple; what would be above becomes this.</param>
    /// <param name="Whole">Its values are whole numbers by their kind; the quantum is one too.</param>
    public sealed record SteppedRange(Distribution Distribution, double Quantum, long First, long Last, bool Whole) : SearchDomain
    {
        /// <summary>Beyond this many quanta from 0 a multiple is no longer exact.</summary>
        public const long FarthestStep = 1L << 52;

        public ParameterValue Min => Value(First);

        public ParameterValue Max => Value(Last);

        public override BigInteger? Size => Distribution.HasEnds ? (BigInteger)Last - First + 1 : null;

        public override bool IsEven => false;

        public override ParameterValue At(double share) => Value(StepOf(Distribution.Quantile(share)));

        public override double ShareOf(ParameterValue value)
        {
            var step = StepOf(NumberOf(value));
            var below = step == First ? 0 : Distribution.Cumulative((step - 0.5) * Quantum);
            var upTo = step == Last ? 1 : Distribution.Cumulative((step + 0.5) * Quantum);
            return Math.Min((below + upTo) / 2, LastShare);
        }

        public override ParameterValue Nth(ulong index) => Value(First + (long)index);

        /// <summary>The multiple that a number is rounded to.</summary>
        internal ParameterValue Nearest(double number) => Value(StepOf(number));

        private long StepOf(double number) => (long)Math.Clamp(Math.Round(number / Quantum), First, Last);

        // In decimals 3 steps of 0.1 are 0.3, as people write it.
        private ParameterValue Value(long step) =>
            Whole ? new ParameterValue.Whole(step * (long)Quantum) : new ParameterValue.Real((double)((decimal)Quantum * step));
    }
}
