using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sampling.Gaussian;

/// <summary>One parameter as columns of numbers.</summary>
/// <remarks>
/// A range has a column of shares, a list of numbers one of ranks. A list of words has a column for each, so that any two are as far apart as the ends of a
/// range. What is not set in a trial, or did nothing there, is in the middle, and by a further column half as far away from all that is set.
/// </remarks>
internal sealed class EmbeddedAxis
{
    private const double Middle = 0.5;
    private const double Set = 0.5;

    private static readonly double Word = Math.Sqrt(0.5);

    private readonly SearchDomain _domain;
    private readonly bool _mayBeUnset;

    // Of a list, in the order of its numbers or of the file.
    private readonly Dictionary<ParameterValue, int> _ranks = [];
    private readonly bool _isOfWords;

    /// <param name="first">Its first column.</param>
    public EmbeddedAxis(SearchDomain domain, int first, bool mayBeUnset)
    {
        (_domain, First, _mayBeUnset) = (domain, first, mayBeUnset);
        if (domain is not SearchDomain.Choices { Values: var values }) return;
        _isOfWords = !values.All(IsNumber);
        _ranks = values.OrderBy(value => _isOfWords ? 0 : Number(value)).Distinct().Index().ToDictionary(item => item.Item, item => item.Index);
    }

    public int First { get; }

    public int Columns => _isOfWords ? _ranks.Count : _mayBeUnset ? 2 : 1;

    public bool IsRange => _ranks.Count == 0;

    /// <param name="value">Null where it is not set; one that a list no longer has is none either.</param>
    public void Fill(ParameterValue? value, Span<double> place)
    {
        var rank = value is not null && _ranks.TryGetValue(value, out var found) ? found : -1;
        if (_isOfWords)
        {
            if (rank >= 0) place[First + rank] = Word;
            return;
        }
        var isSet = IsRange ? value is not null && IsNumber(value) : rank >= 0;
        place[First] = !isSet ? Middle : IsRange ? _domain.ShareOf(value!) : (rank + 0.5) / _ranks.Count;
        if (_mayBeUnset && isSet) place[First + 1] = Set;
    }

    private static bool IsNumber(ParameterValue value) => value is ParameterValue.Whole or ParameterValue.Real;

    private static double Number(ParameterValue value) => value is ParameterValue.Whole whole ? whole.Value : ((ParameterValue.Real)value).Value;
}
