using FashionSweep.Search.Sweeps;
using FashionSweep.Shared.Parameters;
using FashionSweep.Training.Configuration;

namespace FashionSweep.Search.Tests.Sweeps;

public sealed class SpellingsTests
{
    [Fact]
    public void NoNameStandsForTwoHyperparameters()
    {
        Spellings.OfParameters.Keys.ShouldBeSubsetOf(Hyperparameters.All.Select(parameter => parameter.Name));
        foreach (var (parameter, names) in Spellings.OfParameters)
            foreach (var name in names) Spellings.Parameter(name)!.Name.ShouldBe(parameter, name);
        foreach (var parameter in Hyperparameters.All) Spellings.Parameter(parameter.Name).ShouldBe(parameter);
    }

    [Fact]
    public void NoNameStandsForTwoValues()
    {
        foreach (var (parameter, values) in Spellings.OfValues)
        {
            var rule = Hyperparameters.Find(parameter)!.Rule.ShouldBeOfType<ValueRule.OneOf>();
            values.Keys.ShouldBeSubsetOf(rule.Names);
            foreach (var (value, name) in values.SelectMany(pair => pair.Value.Select(name => (pair.Key, name))))
            {
                Spellings.TryValue(Hyperparameters.Find(parameter)!, name, out var meant).ShouldBeTrue();
                meant.ShouldBe(value, name);
            }
        }
    }
}
