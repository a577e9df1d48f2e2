namespace FashionSweep.Coordinator.Tests.Storage;

/// <summary>Real processes on a real disk, as <c>kill -9</c> ends them.</summary>
public sealed class KilledWriterTests : IDisposable
{
    private readonly TemporaryStore _temporary = new();

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public async Task NothingThatWasSaidToBeStoredIsLost()
    {
        var writer = new KilledWriter(_temporary.Folder, Path.Combine(AppContext.BaseDirectory, "Coordinator.Tests.dll"));
        var moments = new Random(7);
        var before = 0;
        for (var kills = 0; kills < 20; kills++)
        {
            var said = await writer.KillAsync(TimeSpan.FromMilliseconds(moments.Next(100)));
            writer.Faults(before, said).ShouldBeEmpty();
            before = said;
        }
        writer.Faults(0, before).ShouldBeEmpty();
    }
}
