using FashionSweep.Search.Conditions;

namespace FashionSweep.Search.Space;

/// <summary>One parameter of the search space.</summary>
/// <param name="When">Sets it only in trials of which this holds; the others have its default.</param>
public sealed record SearchParameter(string Name, SearchDomain Domain, Condition? When = null);
