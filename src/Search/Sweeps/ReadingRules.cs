namespace FashionSweep.Search.Sweeps;

/// <summary>How a sweep file is read where releases differ: a stored sweep goes on by the rules that it was planned by.</summary>
public enum ReadingRules
{
    /// <summary>
    /// Of the releases that kept no rules: steps of a grid at multiples of q, grids in the file's order, hyperband by the best so far, command passed over.
    /// </summary>
    Earlier = 1,

    /// <summary>What W&amp;B takes is computed as W&amp;B does: docs/wandb.md says it point by point. But <c>bayes</c> is TPE.</summary>
    AsWandb = 2,

    /// <summary>The same, and <c>bayes</c> is a Gaussian process where that suits the space. Those of new sweeps.</summary>
    BayesIsGp = 3,
}
