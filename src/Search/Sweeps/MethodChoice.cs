using FashionSweep.Search.Space;

namespace FashionSweep.Search.Sweeps;

/// <summary>Which method suits a sweep, and why: as benchmarks/search has it.</summary>
internal static class MethodChoice
{
    /// <summary>Beyond, a Gaussian process has too few trials for its length scales, and its proposals take long.</summary>
    private const int MostAxes = 20;

    // Values without order have next to nothing to tell of each other.
    private const int MostValues = 12;
    private const int MostTrials = 1_000;

    // A search that learns has this many results before it is ahead of one that doesn't.
    private const int FewTrials = 10;

    public static (SearchMethod Method, string Reason) For(SweepSpec spec) => spec switch
    {
        _ when SpaceSize.Of(spec.Space)?.Count <= (spec.RunCap ?? int.MaxValue) => (SearchMethod.Random, "all points of the space are tried"),
        { RunCap: < FewTrials } => (SearchMethod.Sobol, $"fewer than {FewTrials} trials are spread evenly, for there is little to learn from"),
        { RunCap: > MostTrials } => (SearchMethod.Tpe, $"a Gaussian process is for at most {MostTrials:N0} trials"),
        _ => ForBayes(spec),
    };

    public static (SearchMethod Method, string Reason) ForBayes(SweepSpec spec)
    {
        List<SearchParameter> varied = [.. spec.Parameters.Where(parameter => parameter.Domain.Size != 1)];
        if (varied.Count > MostAxes) return (SearchMethod.Tpe, $"a Gaussian process is for at most {MostAxes} parameters");
        if (varied.Find(parameter => parameter.Domain is SearchDomain.Choices { Values.Count: > MostValues }) is { Name: var wide })
            return (SearchMethod.Tpe, $"a Gaussian process is for lists of at most {MostValues} values, and {wide} has more");
        return (SearchMethod.Gp, "a Gaussian process finds the best in the fewest trials where parameters and values are few");
    }
}
