using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Training.Tests.Configuration;

public sealed class RelevanceTests
{
    [Theory]
    [InlineData("nesterov", "optimizer", "sgd", true)]
    [InlineData("nesterov", "optimizer", "adam", false)]
    [InlineData("depth", "model", "mlp", true)]
    [InlineData("depth", "model", "resnet", false)]
    [InlineData("patience", "early_stopping", "none", false)]
    [InlineData("learning_rate", "optimizer", "lion", true)]
    public void WhatDoesNothingDoesNotMatter(string name, string of, string value, bool matters) =>
        Relevance.Matters(name, Hyperparameters.Complete(new ParameterSet(new Dictionary<string, ParameterValue> { [of] = value }), sweepSeed: 1)).ShouldBe(matters);

    /// <summary>Every condition names known parameters and allowed values.</summary>
    [Fact]
    public void EveryParameterMattersSomewhere()
    {
        var choices = Hyperparameters.All.Select(parameter => (parameter.Name, Rule: parameter.Rule as ValueRule.OneOf)).Where(parameter => parameter.Rule is not null)
            .SelectMany(parameter => parameter.Rule!.Names.Select(value => new ParameterSet(new Dictionary<string, ParameterValue> { [parameter.Name] = value }))).ToList();

        foreach (var parameter in Hyperparameters.All)
            choices.ShouldContain(chosen => Relevance.Matters(parameter.Name, Hyperparameters.Complete(chosen, 1)), parameter.Name);
    }
}
