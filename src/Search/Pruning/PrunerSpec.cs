namespace FashionSweep.Search.Pruning;

/// <summary>Which trials of a sweep end early: <c>early_terminate</c> of its file.</summary>
public abstract record PrunerSpec
{
    private PrunerSpec()
    {
    }

    /// <summary>Every trial trains to its end.</summary>
    public sealed record None : PrunerSpec;

    /// <param name="WarmupEpochs">In so many first epochs no trial is stopped.</param>
    /// <param name="StartupTrials">So many other trials must be known at an epoch before one is stopped there.</param>
    public sealed record Median(int WarmupEpochs = 1, int StartupTrials = 5) : PrunerSpec;

    /// <summary>Rungs at <c>MinIter</c>, <c>MinIter·Eta</c>, <c>MinIter·Eta²</c>, …, below <c>MaxIter</c> and the trial's last epoch.</summary>
    /// <param name="Eta">The best 1/Eta of a rung go on.</param>
    public sealed record Asha(int MinIter = 1, int Eta = 3, int? MaxIter = null) : PrunerSpec;

    /// <summary>
    /// One ladder of rungs as W&amp;B means it, or several of them. With <c>MaxIter</c> and <c>S</c>, or <c>MaxIter</c> alone, the rungs are
    /// <c>MaxIter/Eta</c>, <c>MaxIter/Eta²</c>, … (<c>S</c> of them; as in W&amp;B, <c>MinIter</c> is then passed over). Else they are <c>MinIter</c>,
    /// <c>MinIter·Eta</c>, … (below <c>MaxIter</c>; at most <c>S</c>).
    /// </summary>
    /// <param name="MinIter">1 where neither it nor <c>MaxIter</c> is given.</param>
    /// <param name="Brackets">1 is W&amp;B's; each further one begins its rungs one later, and takes its share of the trials.</param>
    public sealed record Hyperband(
        int? MinIter = null, int? MaxIter = null, int? S = null, double Eta = 3, RungRule Rule = RungRule.BestSoFar, int Brackets = 1) : PrunerSpec;

    /// <param name="Epochs">So many in a row may be without improvement.</param>
    /// <param name="MinDelta">An improvement is larger than this.</param>
    public sealed record Patience(int Epochs = 3, double MinDelta = 0) : PrunerSpec;

    /// <param name="Bound">Of the metric as the user sees it: the least of a maximized one, the most of a minimized one.</param>
    /// <param name="WarmupEpochs">In so many first epochs no trial is stopped.</param>
    public sealed record Threshold(double Bound, int WarmupEpochs = 0) : PrunerSpec;
}
