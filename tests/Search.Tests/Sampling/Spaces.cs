using FashionSweep.Search.Space;
using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Trials;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Search.Tests.Sampling;

/// <summary>Search spaces made up by FsCheck.</summary>
internal static class Spaces
{
    // Each of them sets trials apart, whatever the others are.
    private static readonly string[] Names = ["epochs", "batch_size", "shift", "flip", "gradient_clip", "seed"];

    /// <summary>Finite spaces of one to six parameters.</summary>
    public static Arbitrary<SweepSpec> Finite(SearchMethod method) => Specs(method, FiniteDomain);

    /// <summary>Spaces of one to six parameters of every kind.</summary>
    public static Arbitrary<SweepSpec> Any { get; } = Specs(SearchMethod.Random, Gen.OneOf(FiniteDomain, RealRange));

    private static Gen<SearchDomain> FiniteDomain => Gen.OneOf(
        Gen.Choose(-5, 5).Select(value => (SearchDomain)new SearchDomain.Constant((long)value)),
        Gen.Choose(1, 5).Select(
            count => (SearchDomain)new SearchDomain.Choices([.. Enumerable.Range(0, count).Select(value => (ParameterValue)(value * 0.1))])),
        from min in Gen.Choose(-3, 3)
        from width in Gen.Choose(0, 4)
        select (SearchDomain)new SearchDomain.WholeRange(min, min + width));

    private static Gen<SearchDomain> RealRange =>
        from min in Gen.Choose(1, 1000)
        from width in Gen.Choose(0, 1000)
        from logarithmic in ArbMap.Default.GeneratorFor<bool>()
        select (SearchDomain)new SearchDomain.RealRange(min * 1e-3, (min + width) * 1e-3, logarithmic);

    private static Arbitrary<SweepSpec> Specs(SearchMethod method, Gen<SearchDomain> domain) => (
        from count in Gen.Choose(1, Names.Length)
        from domains in Gen.ListOf(domain, count)
        from cap in Gen.Choose(1, 300)
        from seed in Gen.Choose(0, int.MaxValue)
        select new SweepSpec(
            "t", method, Objective.Default, Engine.Space([.. Names.Zip(domains, (name, made) => new SearchParameter(name, made))]), cap, seed)).ToArbitrary();
}
