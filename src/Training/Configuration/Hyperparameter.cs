using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Training.Configuration;

/// <summary>One hyperparameter that a sweep may set: its name, what its values may be, and what it does.</summary>
/// <param name="Default">Null where it depends on others; <see cref="Hyperparameters.Complete"/> says how.</param>
public sealed record Hyperparameter(string Name, ValueRule Rule, ParameterValue? Default, string Meaning);
