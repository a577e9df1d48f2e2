using FashionSweep.Coordinator.Storage;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Storage;

public sealed class StoreCheckTests : IDisposable
{
    private readonly KeptStore _kept = new();

    public void Dispose() => _kept.Dispose();

    [Fact]
    public void AStoreThatIsWholeSaysWhatItHas()
    {
        using var store = _kept.Fill();

        var report = Check();

        report.Faults.ShouldBeEmpty();
        (report.BrokenOff.Count, report.Orphans.Count).ShouldBe((0, 0));
        (report.Sweeps, report.Trials, report.Attempts, report.Epochs, report.Checkpoints).ShouldBe((1, 3, 3, 2, 2));
        report.DatabaseBytes.ShouldBeGreaterThan(0);
        report.FreeBytes.ShouldBe(0);
    }

    [Fact]
    public void AtRestItSaysWhatWasLeftUndoneAndWhatNobodyNeeds()
    {
        _kept.Fill().Dispose();
        var orphan = _kept.Save(9);

        var report = Check();

        report.Faults.ShouldBeEmpty();
        report.BrokenOff.ShouldHaveSingleItem().ShouldBe(("quick", 1));
        report.Orphans.ShouldHaveSingleItem().FullName.ShouldBe(Path.GetFullPath(_kept.Folder.PathOf(orphan)));
    }

    [Fact]
    public void EachCheckpointThatIsLostOrDamagedIsAFault()
    {
        using var store = _kept.Fill();
        File.Delete(PlaceOf(store, 1));
        var bytes = File.ReadAllBytes(PlaceOf(store, 2));
        bytes[^1] ^= 1;
        File.WriteAllBytes(PlaceOf(store, 2), bytes);

        var report = Check();

        report.Faults.Count.ShouldBe(2);
        report.Faults.ShouldAllBe(fault => fault.Contains("--restore makes it again"));
        report.Checkpoints.ShouldBe(0);
    }

    [Fact]
    public void APageThatHasChangedIsNamed()
    {
        _kept.Fill().Dispose();
        using (var file = File.Open(_kept.Folder.Database, FileMode.Open))
        {
            file.Position = file.Length - 100;
            file.WriteByte(255);
        }

        Should.Throw<StoreException>(Check).Message.ShouldContain(_kept.Folder.Database);
    }

    private StoreReport Check() => StoreCheck.Run(_kept.Folder, _kept.Folder, default);

    private string PlaceOf(LiteStore store, int number) => _kept.Folder.PathOf(store.Find(new TrialId("quick", number))!.Result!.Checkpoint);
}
