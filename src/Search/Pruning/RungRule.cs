namespace FashionSweep.Search.Pruning;

/// <summary>By what a trial stands at a rung, and who goes on beside the best 1/eta.</summary>
public enum RungRule
{
    /// <summary>By its best loss so far; the next in rank and all equals go on too. W&amp;B's, where it isn't strict.</summary>
    BestSoFar,

    /// <summary>By its loss at the rung; the next in rank and all equals go on too. What W&amp;B calls strict, and has unless told otherwise.</summary>
    AtRung,

    /// <summary>By its loss at the rung; nobody else goes on. That of ASHA.</summary>
    Strict,
}
