using System.Collections.Concurrent;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Space;

/// <summary>What a trial has where the sweep sets nothing. Some defaults hang on other parameters: the learning rate's on the optimizer.</summary>
internal sealed class DefaultValues
{
    // Kinds of models and optimizers are few; what has more values than this decides no default.
    private const int MostTried = 64;

    private readonly ParameterCatalog _catalog;
    private readonly ParameterSet _plain;
    private readonly Dictionary<string, List<string>> _sources = [];
    private readonly string[] _deciding;
    private readonly ConcurrentDictionary<ParameterSet, ParameterSet> _complete = new();

    /// <param name="names">Those whose default may be asked for.</param>
    public DefaultValues(ParameterCatalog catalog, IReadOnlyList<SearchParameter> parameters, IEnumerable<string> names)
    {
        (_catalog, _plain) = (catalog, catalog.Complete(ParameterSet.Empty, sweepSeed: 0));
        var asked = names.Distinct().ToList();
        if (asked.Count > 0)
        {
            var tried = parameters.Select(parameter => (parameter.Name, Sets: CompleteSets(parameter))).ToList();
            foreach (var name in asked)
            {
                var deciding = tried.Where(source => source.Name != name && source.Sets.Any(set => set[name] != _plain[name]));
                _sources[name] = [.. deciding.Select(source => source.Name)];
            }
        }
        _deciding = [.. _sources.Values.SelectMany(sources => sources).Distinct()];
    }

    /// <summary>The parameters of the sweep that decide a default.</summary>
    public IReadOnlyList<string> SourcesOf(string name) => _sources.GetValueOrDefault(name, []);

    public ParameterValue? Of(string name, Func<string, ParameterValue?> chosen)
    {
        if (SourcesOf(name).Count == 0) return _catalog.ValueIn(_plain, name);
        var deciding = new ParameterSet(_deciding.Where(source => chosen(source) is not null).Select(source => KeyValuePair.Create(source, chosen(source)!)));
        return _complete.GetOrAdd(deciding, set => _catalog.Complete(set, sweepSeed: 0))[name];
    }

    private List<ParameterSet> CompleteSets(SearchParameter parameter) =>
    [
        .. Enumerable.Range(0, MostTried).Select(step => parameter.Domain.At(step / (double)MostTried)).Distinct()
            .Select(value => _catalog.Complete(new ParameterSet([KeyValuePair.Create(parameter.Name, value)]), sweepSeed: 0)),
    ];
}
