using FashionSweep.Search.Space;

namespace FashionSweep.Search.Tests.Space;

public sealed class ConditionOrderTests
{
    private static readonly string[] Names = ["depth", "width", "epochs", "shift"];

    [Fact]
    public void EachComesBehindThoseThatItNeedsAndElseAsInTheFile() =>
        Order(Of("depth", "shift > 1"), Of("width"), Of("epochs", "depth > 1"), Of("shift")).ShouldBe(["width", "shift", "depth", "epochs"]);

    [Fact]
    public void WhatIsNotAmongThemIsNotWaitedFor() => Order(Of("depth", "shift > 1"), Of("width", "depth > 1")).ShouldBe(["depth", "width"]);

    [Fact]
    public void ACircleIsTheShortWayRoundAndNotTheWayToIt()
    {
        SearchParameter[] circle = [Of("depth", "width > 1"), Of("width", "epochs > 1"), Of("epochs", "width < 9"), Of("shift")];
        ConditionOrder.CircleIn(circle, Needs).ShouldBe(["width", "epochs"]);
        Should.Throw<ArgumentException>(() => ConditionOrder.Of(circle, Needs)).Message.ShouldContain("in a circle: width, epochs");
        ConditionOrder.CircleIn(circle[1..2], Needs).ShouldBeNull();
    }

    private static IEnumerable<string> Order(params SearchParameter[] parameters) => ConditionOrder.Of(parameters, Needs).Select(parameter => parameter.Name);

    private static IEnumerable<string> Needs(SearchParameter parameter) => parameter.When?.Names ?? [];

    private static SearchParameter Of(string name, string? when = null) =>
        new(name, new SearchDomain.WholeRange(1, 2), when is null ? null : Engine.Parse(when, Names));
}
