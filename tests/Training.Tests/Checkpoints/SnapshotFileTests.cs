using System.Runtime.InteropServices;
using FashionSweep.Shared.Data;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Checkpoints;

namespace FashionSweep.Training.Tests.Checkpoints;

public sealed class SnapshotFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("fsweep-snapshot-");

    private SnapshotFile Snapshot => new SnapshotFolder(_folder.FullName).Named(new string('a', 64));

    private SnapshotFile Other => new($"{Snapshot.Path}.tmp");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData(0, 1, 1)]
    [InlineData(1, 2, 2)]
    [InlineData(2, 2, 2)]
    [InlineData(3, 2, 3)]
    [InlineData(3, 0, 3)]
    public void TheOneThatReachesFurtherStays(int own, int other, int stays)
    {
        Write(Snapshot, own);
        Write(Other, other);

        Snapshot.Adopt(Other);

        Snapshot.Read()!.Value.Reports.Count.ShouldBe(stays);
        Directory.GetFiles(_folder.FullName).ShouldBe([Snapshot.Path]);
    }

    [Fact]
    public void ADamagedOneIsNotTaken()
    {
        Write(Snapshot, 1);
        File.WriteAllText(Other.Path, "damaged");

        Snapshot.Adopt(Other);

        Snapshot.Read()!.Value.Reports.Count.ShouldBe(1);
        Directory.GetFiles(_folder.FullName).ShouldBe([Snapshot.Path]);
    }

    [Fact]
    public void ItsKeyIsItsName() => Snapshot.Key.ShouldBe(new string('a', 64));

    [Fact]
    public void OtherCodeHasASnapshotOfItsOwn()
    {
        var spec = new TrialSpec(new TrialId("sweep", 1), ParameterSet.Empty, Objective.Default);

        string Key(string code) => new SnapshotFolder(_folder.FullName, code).Of(spec, "managed").Key;

        Key("one").ShouldBe(Key("one"));
        Key("one").ShouldNotBe(Key("other"));
        new SnapshotFolder(_folder.FullName).Of(spec, "managed").Key.ShouldBe(Key(SnapshotFolder.Code));
    }

    [Fact]
    public void CodeIsKnownByItsModulesAndRuntime() => new[]
    {
        $"{typeof(TrialTrainer).Module.ModuleVersionId}", $"{typeof(ImageSet).Module.ModuleVersionId}", RuntimeInformation.FrameworkDescription,
    }.ShouldAllBe(part => SnapshotFolder.Code.Contains(part));

    [Fact]
    public void WhatNobodyHasWrittenForLongIsRemoved()
    {
        var (folder, now) = (new SnapshotFolder(_folder.FullName), new DateTimeOffset(2026, 3, 8, 12, 0, 0, TimeSpan.Zero));
        var old = folder.Named(new string('b', 64));
        Write(Snapshot, 1);
        Write(old, 1);
        File.SetLastWriteTimeUtc(Snapshot.Path, now.UtcDateTime);
        File.SetLastWriteTimeUtc(old.Path, now.UtcDateTime.AddDays(-1));

        folder.DeleteOlderThan(now);

        Directory.GetFiles(_folder.FullName).ShouldBe([Snapshot.Path]);
        new SnapshotFolder(Path.Combine(_folder.FullName, "none")).DeleteOlderThan(now);
    }

    private static void Write(SnapshotFile snapshot, int epochs)
    {
        var reports = Enumerable.Range(1, epochs).Select(epoch => new EpochReport(epoch, new Score(1, 0), new Score(1, 0), 1));
        if (epochs > 0) snapshot.Write([.. reports], [new NamedTensor("weights", [2], new float[] { 1, 2 })]);
    }
}
