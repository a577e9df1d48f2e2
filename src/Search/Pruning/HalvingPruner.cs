namespace FashionSweep.Search.Pruning;

/// <summary>
/// Successive halving without waiting: at each rung a trial goes on only among the best of those that have reached it so far. Strict, with one bracket,
/// it is the stopping variant of ASHA (Li et al., "A system for massively parallel hyperparameter tuning", MLSys 2020; in the words of Klein et al.,
/// "Model-based asynchronous hyperparameter and neural architecture search", 2020); with several, of Hyperband (Li et al., JMLR 2018); not strict, it is
/// W&amp;B's rule.
/// </summary>
/// <remarks>A rung depends on the order of arrival: who comes early has few to beat, and of equals the earlier is the better.</remarks>
internal sealed class HalvingPruner(IReadOnlyList<int> rungs, double eta, RungRule rule, int brackets, LossText text) : IPruner
{
    private readonly Dictionary<(int Bracket, int Rung), BestShare> _shares = [];
    private readonly Dictionary<int, Brackets> _brackets = [];
    private readonly Dictionary<int, double> _bestSoFar = [];

    // What the others were at best at a rung was compared when they were there, and is never looked at again.
    public IReadOnlyList<int>? Remembered => rungs;

    public string? Judge(EpochOfTrial epoch)
    {
        var loss = rule == RungRule.BestSoFar ? BestSoFar(epoch) : epoch.RankedLoss;
        if (BracketAt(epoch) is not { } bracket) return null;
        var share = ShareAt(bracket, epoch.Epoch);
        var arrival = share.Add(epoch.RankedLoss);
        var goesOn = rule == RungRule.Strict ? arrival.CompareTo(share.Last) <= 0 : loss <= share.Last.Loss;
        if (goesOn || epoch.IsLast) return null;
        return $"epoch {epoch.Epoch}: {text.Of(loss)} is not among the best {Fraction} of {share.Count} trials ({text.Of(share.Last.Loss)})";
    }

    private double BestSoFar(EpochOfTrial epoch)
    {
        var best = Math.Min(epoch.RankedLoss, _bestSoFar.GetValueOrDefault(epoch.Trial, double.PositiveInfinity));
        if (epoch.IsLast) _bestSoFar.Remove(epoch.Trial);
        else _bestSoFar[epoch.Trial] = best;
        return best;
    }

    // Null where the trial is at none of its rungs.
    private int? BracketAt(EpochOfTrial epoch)
    {
        var rung = IndexOf(epoch.Epoch);
        if (rung < 0) return null;
        if (brackets == 1) return 0;
        if (!_brackets.TryGetValue(epoch.Epochs, out var all))
            _brackets[epoch.Epochs] = all = new Brackets(brackets, rungs.Count(at => at < epoch.Epochs), (int)eta);
        var bracket = all.Of(epoch.Trial);
        return bracket <= rung ? bracket : null;
    }

    private int IndexOf(int epoch)
    {
        for (var rung = 0; rung < rungs.Count && rungs[rung] <= epoch; rung++)
            if (rungs[rung] == epoch) return rung;
        return -1;
    }

    private BestShare ShareAt(int bracket, int rung)
    {
        if (!_shares.TryGetValue((bracket, rung), out var share))
            _shares[(bracket, rung)] = share = new BestShare(
                rule == RungRule.Strict ? count => Math.Max(1, (int)(count / eta)) : count => (int)(count / eta) + 1);
        return share;
    }

    private string Fraction => eta switch { 2 => "half", 3 => "third", 4 => "quarter", 5 => "fifth", _ => FormattableString.Invariant($"1/{eta}") };
}
