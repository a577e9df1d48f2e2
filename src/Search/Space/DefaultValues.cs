using System.Collections.Concurrent;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Search.Space;

/// <summary>What a trial has where the sweep sets nothing. Some defaults hang on other parameters: the learning rate's on the optimizer.</summary>
internal sealed class DefaultValues
{
    // Kinds of models and optimizers are few; what has more values than this decides no default.
    private const int MostTried = 64;

    private static readonly ParameterSet Plain = Hyperparameters.Complete(ParameterSet.Empty, sweepSeed: 0);

    private readonly Dictionary<string, List<string>> _sources = [];
    private readonly string[] _deciding;
    private readonly ConcurrentDictionary<ParameterSet, ParameterSet> _complete = new();

    /// <param name="names">Those whose default may be asked for.</param>
    public DefaultValues(IReadOnlyList<SearchParameter> parameters, IEnumerable<string> names)
    {
        var asked = names.Distinct().ToList();
        if (asked.Count > 0)
        {
            var tried = parameters.Select(parameter => (parameter.Name, Sets: CompleteSets(parameter))).ToList();
            foreach (var name in asked) _sources[name] = [.. tried.Where(source => source.Name != name && source.Sets.Any(set => set[name] != Plain[name])).Select(source => source.Name)];
        }
        _deciding = [.. _sources.Values.SelectMany(sources => sources).Distinct()];
    }

    /// <summary>The parameters of the sweep that decide a default.</summary>
    public IReadOnlyList<string> SourcesOf(string name) => _sources.GetValueOrDefault(name, []);

    public ParameterValue? Of(string name, Func<string, ParameterValue?> chosen)
    {
        if (SourcesOf(name).Count == 0) return Plain[name];
        var deciding = new ParameterSet(_deciding.Where(source => chosen(source) is not null).Select(source => KeyValuePair.Create(source, chosen(source)!)));
        return _complete.GetOrAdd(deciding, set => Hyperparameters.Complete(set, sweepSeed: 0))[name];
    }

    private static List<ParameterSet> CompleteSets(SearchParameter parameter) =>
    [
        .. Enumerable.Range(0, MostTried).Select(step => parameter.Domain.At(step / (double)MostTried)).Distinct()
            .Select(value => Hyperparameters.Complete(new ParameterSet([KeyValuePair.Create(parameter.Name, value)]), sweepSeed: 0)),
    ];
}
