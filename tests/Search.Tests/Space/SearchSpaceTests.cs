using FashionSweep.Search.Conditions;
using FashionSweep.Search.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Search.Tests.Space;

public sealed class SearchSpaceTests
{
    private static readonly string[] Names = ["optimizer", "momentum", "nesterov", "learning_rate", "model", "hidden", "depth", "width"];

    [Fact]
    public void WhatHasNoConditionThatHoldsIsLeftOut()
    {
        var space = Engine.Space([Of("nesterov", "momentum > 0", true), Of("momentum", "optimizer = sgd", 0.9), Of("optimizer", null, "sgd", "adam")]);
        Choose(space, last: false).ShouldBe("momentum=0.9, nesterov=true, optimizer=sgd");
        Choose(space, last: true).ShouldBe("optimizer=adam");
    }

    [Theory]
    [InlineData("sgd", true)]
    [InlineData("adam", false)]
    public void ADefaultThatHangsOnAnotherParameterIsLookedAt(string optimizer, bool expected)
    {
        var space = Engine.Space([Of("optimizer", null, "sgd", "adam")], [Parse("learning_rate > 0.005")]);
        space.Admits(Set("optimizer", optimizer)).ShouldBe(expected);
        space.Deciding(space.Constraints[0]).ShouldBe(["learning_rate", "optimizer"]);
        space.Bound.ShouldHaveSingleItem().Name.ShouldBe("optimizer");
    }

    [Fact]
    public void AListOfUnitsTakesTheirDefaultsAway()
    {
        var space = Engine.Space([Of("hidden", null, new ParameterValue.List([32L]))], [Parse("depth = 2 or sum(hidden) = 32")]);
        space.Admits(Set("hidden", new ParameterValue.List([64L]))).ShouldBeFalse();
        space.Admits(Set("hidden", new ParameterValue.List([32L]))).ShouldBeTrue();
        space.Admits(ParameterSet.Empty).ShouldBeTrue();
    }

    [Fact]
    public void OnlyWhatConditionsTouchIsBound()
    {
        var space = Engine.Space(
            [Of("width", null, 1L, 2L), Of("momentum", "optimizer = sgd", 0.9), Of("depth", null, 1L), Of("optimizer", null, "sgd", "adam")],
            [Parse("depth > 0")]);
        space.Bound.Select(parameter => parameter.Name).ShouldBe(["depth", "optimizer", "momentum"]);
    }

    private static string Choose(SearchSpace space, bool last) => space.Choose(parameter => parameter.Domain.At(last ? 0.99 : 0)).ToString();

    private static ParameterSet Set(string name, ParameterValue value) => new([KeyValuePair.Create(name, value)]);

    private static SearchParameter Of(string name, string? when, params ParameterValue[] values) =>
        new(name, new SearchDomain.Choices(values), when is null ? null : Parse(when));

    private static Condition Parse(string text) => Engine.Parse(text, Names);
}
