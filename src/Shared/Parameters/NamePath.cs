namespace FashionSweep.Shared.Parameters;

/// <summary>A name with the groups that it stands in: <c>model.optimizer.lr</c> and <c>optimizer/lr</c> are written so by other tools.</summary>
public static class NamePath
{
    /// <summary>Names that mean what their group is called: in the group of an optimizer, its name is the optimizer.</summary>
    public static IReadOnlyList<string> OwnNames { get; } = ["name", "type", "kind", "_target_", "class", "class_name"];

    /// <summary>The names of its groups and its own, from the outermost on.</summary>
    public static IReadOnlyList<string> Parts(string written) => written.Replace("__", ".", StringComparison.Ordinal)
        .Split(['.', '/', ':'], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    /// <summary>The ends of a path, the longest first, without what makes no difference; and whether each is a whole name.</summary>
    internal static IEnumerable<(string End, bool IsWhole)> Ends(IReadOnlyList<string> path) =>
        Enumerable.Range(0, path.Count).Select(first => (Spelling.Plain(string.Concat(path.Skip(first))), first == path.Count - 1));
}
