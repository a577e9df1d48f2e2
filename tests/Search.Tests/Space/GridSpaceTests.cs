using FashionSweep.Search.Conditions;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;
using FsCheck;
using FsCheck.Fluent;

namespace FashionSweep.Search.Tests.Space;

public sealed class GridSpaceTests
{
    private static readonly string[] Names = ["epochs", "depth", "width", "shift", "freeze"];

    [Fact]
    public void AGridHasThePointsThatAFilterOfTheWholeProductLeaves() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Spaces.ToArbitrary(), space =>
        {
            var grid = GridSpace.Of(space)!;
            var points = Enumerable.Range(0, (int)grid.Size).Select(index => grid.At(index)).ToList();
            points.Distinct().Count().ShouldBe(points.Count);
            points.Order(Comparer<ParameterSet>.Create((one, other) => string.CompareOrdinal(one.ToString(), other.ToString()))).ShouldBe(Filtered(space));
        }));

    [Fact]
    public void FreeParametersChangeFasterThanThoseUnderConditions()
    {
        var space = Engine.Space([new("epochs", Wholes(1, 2)), new("depth", Wholes(1, 2)), new("width", Wholes(1, 2))], [Parse("depth < 2 or width > 1")]);
        All(space).ShouldBe([
            "depth=1, epochs=1, width=1", "depth=1, epochs=2, width=1", "depth=1, epochs=1, width=2", "depth=1, epochs=2, width=2",
            "depth=2, epochs=1, width=2", "depth=2, epochs=2, width=2",
        ]);
    }

    [Fact]
    public void AConditionMayNameAParameterFurtherDown()
    {
        var space = Engine.Space([new("epochs", Wholes(1, 2), Parse("depth = 2")), new("depth", Wholes(1, 2))]);
        All(space).ShouldBe(["depth=1", "depth=2, epochs=1", "depth=2, epochs=2"]);
    }

    [Fact]
    public void WhatNothingAdmitsHasNoPoints() => GridSpace.Of(Engine.Space([new("depth", Wholes(1, 9))], [Parse("epochs = 11")]))!.Size.ShouldBe(0);

    [Fact]
    public void AFreeRangeMayBeBeyondCounting() =>
        GridSpace.Of(Engine.Space([new("depth", Wholes(1, 9)), new("seed", Wholes(0, long.MaxValue - 1))], [Parse("depth > 6")]))!.Size
            .ShouldBe(3 * (System.Numerics.BigInteger)long.MaxValue);

    [Fact]
    public void ARangeUnderAConstraintMayNot() => GridSpace.Of(Engine.Space([new("seed", Wholes(0, long.MaxValue - 1))], [Parse("seed > 6")])).ShouldBeNull();

    [Fact]
    public void AContinuousRangeHasNoGrid() =>
        GridSpace.Of(Engine.Space([new("depth", Wholes(1, 9)), new("dropout", new SearchDomain.RealRange(0, 0.5, Logarithmic: false))], [Parse("depth > 6")]))
            .ShouldBeNull();

    [Fact]
    public void AnEarlyConstraintKeepsALongWalkShort()
    {
        var many = new[] { "epochs", "batch_size", "step_epochs", "width" }.Select(name => new SearchParameter(name, Wholes(1, 1000)));
        GridSpace.Of(Engine.Space(
            [.. many],
            [Parse("epochs = 1"), Parse("batch_size = epochs"), Parse("step_epochs = batch_size"), Parse("width <= 10 * step_epochs")]))!.Size.ShouldBe(10);
    }

    private static Gen<SearchSpace> Spaces =>
        from sizes in Gen.ListOf(Gen.Choose(1, 4), Names.Length)
        from ranks in Gen.Shuffle(Enumerable.Range(0, Names.Length).ToArray())
        from whens in Gen.ListOf(Gen.OneOf(Gen.Constant<string?>(null), Conditions.Select(string? (text) => text)), Names.Length)
        from constraintCount in Gen.Choose(0, 2)
        from constraints in Gen.ListOf(Conditions, constraintCount)
        select Engine.Space([.. Names.Select((name, index) => new SearchParameter(name, Wholes(1, sizes[index]), When(whens[index], index, ranks)))],
            [.. constraints.Select(text => Parse(text))]);

    private static Gen<string> Conditions =>
        from first in Gen.Elements(Names)
        from second in Gen.Elements([.. Names, "rotation", "3"])
        from form in Gen.Elements(
            "{0} >= {1}", "{0} + {1} != 4", "{0} * {1} % 3 = 1", "not {0} in [1, 3]", "{0} < 3 or {1} > 2", "1 < {0} <= {1} + 1", "{0} / ({1} - 2) > 0")
        select string.Format(System.Globalization.CultureInfo.InvariantCulture, form, first, second);

    // A condition may look only at parameters of a lower rank, so that none go round in a circle.
    private static Condition? When(string? text, int index, int[] ranks) =>
        text is not null
            && Parse(text) is var when
            && when.Names.All(name => Array.IndexOf(Names, name) is var other && (other < 0 || ranks[other] < ranks[index]))
            ? when
            : null;

    private static List<ParameterSet> Filtered(SearchSpace space)
    {
        IEnumerable<Dictionary<string, long>> product = [[]];
        foreach (var parameter in space.Parameters)
            product = product.SelectMany(
                _ => Enumerable.Range(1, (int)parameter.Domain.Size!.Value),
                (point, value) => new Dictionary<string, long>(point) { [parameter.Name] = value });
        return [.. product.Select(point => space.Choose(parameter => point[parameter.Name])).Distinct().Where(space.Admits)
            .OrderBy(point => point.ToString(), StringComparer.Ordinal)];
    }

    private static IEnumerable<string> All(SearchSpace space) =>
        GridSpace.Of(space) is { } grid ? Enumerable.Range(0, (int)grid.Size).Select(index => grid.At(index).ToString()) : [];

    private static SearchDomain.WholeRange Wholes(long min, long max) => new(min, max);

    private static Condition Parse(string text) => Engine.Parse(text, [.. Names, "rotation", "seed", "batch_size", "step_epochs"]);
}
