using FashionSweep.Search.Space;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>A parameter in which the trials of a sweep differ, as a column.</summary>
/// <param name="IsNumber">All of its values are numbers; else they are words.</param>
/// <param name="Words">In the order in which they are to stand; those that are not among them come behind.</param>
/// <param name="Implied">What it is in trials that don't say so; null where it is nothing then.</param>
internal sealed record TableParameter(string Name, bool IsNumber, IReadOnlyList<string> Words, ParameterValue? Implied)
{
    /// <returns>Null of one that has the same value in all trials.</returns>
    public static TableParameter? Of(SearchParameter searched, ParameterCatalog catalog) => searched switch
    {
        { Domain: SearchDomain.Constant, When: null } => null,
        { Domain: SearchDomain.Choices { Values: var values } } when values.Any(IsText) =>
            new TableParameter(searched.Name, false, [.. values.Select(value => value.ToString())], ImpliedOf(searched.Name, catalog)),
        _ => new TableParameter(searched.Name, true, [], ImpliedOf(searched.Name, catalog)),
    };

    public static ParameterValue? ImpliedOf(string name, ParameterCatalog catalog) =>
        catalog.Find(name)?.Default is { IsImplied: true, Usual: var usual } ? usual : null;

    /// <summary>Whether it is something, and no number.</summary>
    public static bool IsText(ParameterValue? value) => value is not (null or ParameterValue.Whole or ParameterValue.Real);
}
