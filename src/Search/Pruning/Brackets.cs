namespace FashionSweep.Search.Pruning;

/// <summary>
/// Which bracket each trial is in, by its number alone. The shares are those of Hyperband (Li et al., "Hyperband: a novel bandit-based approach to
/// hyperparameter optimization", JMLR 2018, algorithm 1): with K rungs before a trial's end, bracket b, which leaves out the first b rungs, gets
/// ⌈(K+1)/(K−b+1)·eta^(K−b)⌉ trials of a round, and the brackets take their trials in this order.
/// </summary>
public sealed class Brackets
{
    private readonly List<long> _ends = [];

    public Brackets(int count, int rungs, int eta)
    {
        var end = 0L;
        for (var bracket = 0; bracket < count && bracket <= rungs; bracket++) _ends.Add(end += Trials(bracket, rungs, eta));
    }

    /// <summary>How many trials each bracket gets in a round.</summary>
    public IReadOnlyList<long> Sizes => [.. _ends.Select((end, bracket) => bracket == 0 ? end : end - _ends[bracket - 1])];

    /// <param name="trial">From 1.</param>
    public int Of(int trial)
    {
        var place = (trial - 1) % _ends[^1];
        return _ends.FindIndex(end => place < end);
    }

    private static long Trials(int bracket, int rungs, int eta)
    {
        var halvings = rungs - bracket;
        var power = 1L;
        // A round beyond all trial numbers is as good as any larger one.
        for (var i = 0; i < halvings && power < int.MaxValue; i++) power *= eta;
        return ((rungs + 1) * power + halvings) / (halvings + 1);
    }
}
