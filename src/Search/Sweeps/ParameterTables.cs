using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Sweeps;

/// <summary>A catalogue for readers: a table in Markdown for each group, with a row for each hyperparameter.</summary>
public static class ParameterTables
{
    public static string Of(ParameterCatalog catalog) => string.Join("\n\n", catalog.All.GroupBy(parameter => parameter.Group, Table));

    private static string Table(string group, IEnumerable<Hyperparameter> parameters) => string.Join('\n',
    [
        $"### {group}", "", "| name | values | default | meaning |", "| --- | --- | --- | --- |",
        .. parameters.Select(parameter => Row([$"`{parameter.Name}`", ValuesOf(parameter.Rule), DefaultOf(parameter.Default), parameter.Meaning])),
    ]);

    private static string Row(IEnumerable<string> cells) => $"|{string.Concat(cells.Select(Cell))}";

    private static string Cell(string text) => text.Length == 0 ? " |" : $" {text.Replace("|", "\\|", StringComparison.Ordinal)} |";

    private static string ValuesOf(ValueRule rule) => rule switch
    {
        ValueRule.WholeNumber { Max: long.MaxValue, Min: var min } => $"whole, {min} or more",
        ValueRule.WholeNumber { Max: var max, Min: var min } => $"whole, {min} to {max}",
        ValueRule.Number number => FormattableString.Invariant(RangeOf(number)),
        ValueRule.OneOf words => string.Join(", ", words.Names.Select(name => $"`{name}`")),
        ValueRule.Boolean => "`true`, `false`",
        ValueRule.ListOf list => $"list of up to {list.MaxLength}, each {ValuesOf(list.Item)}",
        ValueRule.Text text => text.Wording.Split(':')[0],
        _ => throw new InvalidOperationException($"No words for {rule}."),
    };

    private static FormattableString RangeOf(ValueRule.Number number) => number switch
    {
        { Max: double.PositiveInfinity, MinExcluded: true } => $"above {number.Min}",
        { Max: double.PositiveInfinity } => $"{number.Min} or more",
        { MinExcluded: true } => $"above {number.Min}, to {number.Max}",
        { MaxExcluded: true } => $"{number.Min} to {number.Max}, without {number.Max}",
        _ => $"{number.Min} to {number.Max}",
    };

    private static string DefaultOf(ParameterDefault value)
    {
        if (value.IsSweepSeed) return "the sweep's";
        var exceptions = string.Join(", ", value.Exceptions.Select(exception => $"{Shown(exception.Value)} with {NamesOf(exception.Beside)}"));
        return value.Usual is null ? "" : exceptions.Length == 0 ? Shown(value.Usual) : $"{Shown(value.Usual)}; {exceptions}";
    }

    private static string NamesOf(Beside beside) => beside.Values switch
    {
        [] => $"`{beside.Other}`",
        [var only] => only,
        var several => $"{string.Join(", ", several.SkipLast(1))} and {several[^1]}",
    };

    private static string Shown(ParameterValue value) => value is ParameterValue.Text or ParameterValue.Flag ? $"`{value}`" : Small(value.ToString());

    // 1E-08 is 1e-8 to people.
    private static string Small(string number) => number.Replace("E-0", "e-", StringComparison.Ordinal).Replace("E-", "e-", StringComparison.Ordinal);
}
