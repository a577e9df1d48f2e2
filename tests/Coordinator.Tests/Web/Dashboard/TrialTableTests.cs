using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Coordinator.Web.Dashboard;
using FashionSweep.Search.Sweeps;
using FashionSweep.Training.Configuration;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Web.Dashboard;

/// <summary>The trials of a sweep, as they change.</summary>
public sealed class TrialTableTests : IDisposable
{
    private readonly InMemoryStore _store = new();
    private long _revision;

    public void Dispose() => _store.Dispose();

    [Fact]
    public void AfterEachChangeThePlacesAreThoseOfATableThatIsReadAnew()
    {
        var (chance, table) = (new Random(5), Read(seeds: 3, total: 60));
        for (var number = 1; number <= 60; number++)
        {
            _store.Append([Started(Lease(number), Spec(number, ("momentum", 0.5)))]);
            _store.Append([chance.Next(4) == 0 ? Failed(Lease(number)) : Completed(Lease(number), Result(Math.Round(chance.NextDouble(), 2)))]);
            table.Refresh(_store, [number]);
            PlacesIn(table).ShouldBe(PlacesIn(Table()));
        }
        List<int> places = [.. PlacesIn(table).Select(place => place.Place).OfType<int>()];
        places.Order().ShouldBe(Enumerable.Range(1, places.Count));
    }

    [Fact]
    public void AllRepeatsOfAConfigurationAreAmongItsNews()
    {
        var table = Read(seeds: 2, total: 4);
        foreach (var number in new[] { 1, 2, 3 }) _store.Append([Started(Lease(number)), Completed(Lease(number))]);
        table.Refresh(_store, [1, 2, 3]);
        var before = table.Revision;
        _store.Append([Started(Lease(4)), Completed(Lease(4), Result(0.9))]);
        table.Refresh(_store, [4]);
        table.RowsSince(before).Select(row => row.Figures.Id.Number).ShouldBe([3, 4]);
        table.Continues(before).ShouldBeTrue();
    }

    [Fact]
    public void AParameterThatDiffersForTheFirstTimeMakesAnotherDocument()
    {
        var table = Read(seeds: 1, total: 3);
        _store.Append([Started(Lease(1), Spec(1, ("momentum", 0.5)))]);
        table.Refresh(_store, [1]);
        var before = table.Revision;
        table.Varied.ShouldBeEmpty();
        _store.Append([Started(Lease(2), Spec(2, ("momentum", 0.6)))]);
        table.Refresh(_store, [2]);
        table.Continues(before).ShouldBeFalse();
        table.Varied.Select(parameter => parameter.Name).ShouldBe(["momentum"]);
    }

    private TrialTable Read(int seeds, int total)
    {
        _store.Add(Sweep(total: total) with { Repeats = new Repeats(seeds, Aggregate.Mean) });
        return Table();
    }

    private TrialTable Table() => new(_store, _store.Sweeps()[0], spec: null, TrainerCatalog.Parameters, () => ++_revision);

    private static List<(int Number, int? Place, int? Rank)> PlacesIn(TrialTable table) =>
        [.. table.Rows.Select(row => (row.Figures.Id.Number, table.PlaceOf(row), table.RankOf(row.Figures.Id.Number)))];
}
