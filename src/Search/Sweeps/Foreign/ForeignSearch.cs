using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps.Foreign;

/// <summary>What a file of another tool searches, as far as it has been read.</summary>
/// <param name="beside">Gives the text of a file that it names, by its path as written there; null where it can't be read.</param>
internal sealed class ForeignSearch(Func<string, string?> beside)
{
    public string? Name { get; set; }

    public SearchMethod? Method { get; set; }

    public string? Metric { get; set; }

    /// <summary>Null where the file doesn't say; the metric's usual one then.</summary>
    public Goal? Goal { get; set; }

    public double? Target { get; set; }

    /// <summary>As in a sweep file; null where it does not end trials early.</summary>
    public string? EarlyTerminate { get; set; }

    /// <summary>Keys of a sweep file with their values, in order.</summary>
    public OrderedDictionary<string, string> Budgets { get; } = [];

    public List<ForeignParameter> Parameters { get; } = [];

    /// <summary>What has no counterpart, each on a line.</summary>
    public List<string> Missing { get; } = [];

    public string? Beside(string path) => beside(path);

    public void Add(string name, ForeignDomain domain, ForeignCondition? when = null) => Parameters.Add(new ForeignParameter(name, domain, when));

    /// <summary>A whole number that stands for one here; nothing where it is not given.</summary>
    public void Budget(string key, double? count)
    {
        if (count is >= 1 and <= int.MaxValue) Budgets[key] = FormattableString.Invariant($"{Math.Floor(count.Value)}");
    }

    /// <summary>A time such as <c>1h</c> or <c>90</c> seconds.</summary>
    public void Time(string key, string? written)
    {
        if (written is null) return;
        if (Duration.Parse(written) is not null) Budgets[key] = written;
        else Missing.Add($"{key} of {written}");
    }

    /// <summary>How it chooses its trials, by the tool's own word for it.</summary>
    public void ChooseBy(string? algorithm)
    {
        if (algorithm is null) return;
        Method = ForeignMethods.Find(algorithm) ?? SearchMethod.Random;
        if (ForeignMethods.Find(algorithm) is null) Missing.Add($"the method {algorithm}: random takes its place");
    }
}

/// <param name="When">Null where it is in every trial.</param>
internal sealed record ForeignParameter(string Name, ForeignDomain Domain, ForeignCondition? When);

/// <summary>The parameter is there only where another has one of these values.</summary>
internal sealed record ForeignCondition(string Parameter, IReadOnlyList<ParameterValue> Values);
