using FashionSweep.Search.Names;
using FashionSweep.Search.Sweeps.Yaml;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Search.Sweeps;

/// <summary>Takes what W&amp;B's <c>command</c> fixes for its script: arguments beside the macros are parameters of one value.</summary>
internal sealed class CommandReader(ParameterCatalog catalog, ReadingRules rules, FaultLog faults)
{
    private readonly List<YamlEntry> _taken = [];
    private readonly List<string> _descriptions = [];
    private readonly List<string> _notApplied = [];
    private HashSet<string> _swept = [];
    private bool _isRead;

    /// <returns>The file's parameters, and behind them those of the command.</returns>
    public YamlEntry? Join(YamlEntry? command, YamlEntry? program, YamlEntry? parameters)
    {
        if (parameters?.Value is not YamlValue.Mapping mapping || rules == ReadingRules.Earlier) return parameters;
        _swept = [.. Swept(mapping, [])];
        if (program?.Value is YamlValue.Scalar script) Read(CommandLine.Of([script]), program.At);
        if (command?.Value is YamlValue.Sequence or YamlValue.Scalar { IsNull: false }) Read(CommandLine.Of(DomainShape.Values(command.Value)), command.At);
        if (command is not null && !_isRead) faults.Notes.PassedOver(command.Key);
        if (_notApplied.Count > 0) faults.Notes.Add($"not applied of command: {string.Join(", ", _notApplied)}");
        if (_taken.Count == 0) return parameters;
        faults.Notes.Add($"taken from command, for every trial: {string.Join(", ", _descriptions)}");
        return parameters with { Value = mapping with { Entries = [.. mapping.Entries, .. _taken] } };
    }

    private void Read(CommandLine line, Position at)
    {
        foreach (var argument in line.Arguments)
        {
            _isRead = true;
            var path = NamePath.Parts(argument.Name);
            if (argument.HasMacro || path.Count == 0) _notApplied.Add(Printable.Short(argument.Written));
            else if (catalog.FindIn(path) is { } named) Take(argument, DomainShape.MeantBy(named, argument.Domain, catalog), at);
            else if (catalog.FindForeign(path) is { } foreign) PassOver(argument, foreign, at);
            else _notApplied.Add(Printable.Short(argument.Written));
        }
    }

    private void Take(CommandArgument argument, Hyperparameter parameter, Position at)
    {
        if (!_swept.Contains(parameter.Name))
        {
            _taken.Add(new YamlEntry(argument.Name, at, argument.Domain));
            _descriptions.Add($"{parameter.Name} {Shown(argument.Value)}");
        }
        else if (argument.IsBehindMacro)
            faults.Add(
                argument.At,
                $"command sets {parameter.Name} by {Printable.Short(argument.Written)} behind its macro for the parameters, "
                + "so that it never is what parameters says: leave one of them out");
        else _notApplied.Add($"{Printable.Short(argument.Written)} (parameters sets {parameter.Name})");
    }

    private void PassOver(CommandArgument argument, ForeignName foreign, Position at)
    {
        var values = argument.Value is YamlValue.Sequence list ? list.Items : [argument.Value];
        if (values.All(value => value is YamlValue.Scalar scalar && foreign.IsHarmless(scalar.Text)))
            faults.Notes.PassedOver($"{Printable.Short(argument.Written)} of command");
        else faults.Add(at, $"{Printable.Short(argument.Written)} of command can't be had: {foreign.Fault}");
    }

    private IEnumerable<string> Swept(YamlValue.Mapping mapping, IReadOnlyList<string> groups)
    {
        foreach (var entry in mapping.Entries)
        {
            IReadOnlyList<string> path = [.. groups, .. NamePath.Parts(entry.Key)];
            if (entry.Value is YamlValue.Mapping group && group.Entries.FirstOrDefault(key => key.Key == "parameters")?.Value is YamlValue.Mapping inner)
                foreach (var name in Swept(inner, path)) yield return name;
            else if (path.Count > 0 && catalog.FindIn(path) is { } known) yield return known.Name;
        }
    }

    private static string Shown(YamlValue value) => value is YamlValue.Sequence list ? $"[{string.Join(", ", list.Items)}]" : value.ToString()!;
}
