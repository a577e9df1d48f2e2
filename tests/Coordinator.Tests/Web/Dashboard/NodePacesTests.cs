using FashionSweep.Coordinator.Web.Dashboard;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Web.Dashboard;

/// <summary>How many trials nodes end.</summary>
public sealed class NodePacesTests
{
    private const int Hour = 3600;

    [Fact]
    public void OnlyTheLastHourCounts()
    {
        var paces = new NodePaces(Start);
        foreach (var second in new[] { 1, Hour - 1, Hour + 2 }) paces.On(Completed(Lease(second), second: second));
        paces.On(Failed(Lease(7, node: "node-2"), second: Hour + 3));

        var known = paces.At(At(Hour + 10));

        known["node-1"].ShouldBe(new NodePace(2, Hour));
        known["node-2"].ShouldBe(new NodePace(1, Hour));
    }

    [Fact]
    public void ACoordinatorThatHasJustBegunKnowsOfNoLongerTime()
    {
        var paces = new NodePaces(Start);
        paces.On(Completed(Lease(1), second: 30));

        paces.At(At(60)).ShouldHaveSingleItem().Value.ShouldBe(new NodePace(1, 60));
    }
}
