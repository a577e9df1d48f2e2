using FashionSweep.Search.Names;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Search.Sweeps;

/// <summary>What a message about an unknown parameter ends on: by its meaning first, by its letters last.</summary>
internal static class NameAdvice
{
    /// <param name="path">The name with the groups that it stands in.</param>
    public static string For(IReadOnlyList<string> path, ParameterCatalog catalog)
    {
        var written = path.Count > 0 ? path[^1] : "";
        if (OfOneLayer(written, catalog) is { } advice) return advice;
        var names = catalog.All.SelectMany(parameter => parameter.OtherNames.Prepend(parameter.Name));
        return (Nearest.Slip(written, catalog.Names) ?? Nearest.Slip(written, names)) is { } near
            ? $"; did you mean \"{catalog.FindSpelled(near)!.Name}\"?"
            : $"; known are {string.Join(", ", catalog.Names)}";
    }

    // As dropout_1 and dropout_2: what is one for all layers here.
    private static string? OfOneLayer(string written, ParameterCatalog catalog)
    {
        var unnumbered = string.Concat(written.Where(letter => !char.IsAsciiDigit(letter)));
        if (unnumbered.Length == written.Length) return null;
        if (catalog.FindSpelled(unnumbered) is { } known) return $"; there is one {known.Name} for all layers: write {known.Name}";
        return catalog.FindForeign([unnumbered]) is { Fault: { } fault } ? $"; {fault}" : null;
    }
}
