using System.CommandLine;
using FashionSweep.Coordinator.Cli.Using;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Coordinator.Tests.Storage;
using FashionSweep.Shared.Faults;
using static FashionSweep.Coordinator.Tests.Storage.Samples;

namespace FashionSweep.Coordinator.Tests.Cli;

public sealed class DiscardedCheckpointTests : IDisposable
{
    private readonly TemporaryStore _temporary = new();

    public DiscardedCheckpointTests()
    {
        using var store = LiteStore.OpenForWriting(_temporary.Folder);
        store.Add(Sweep());
        store.Append([Started(Lease(1)), Completed(Lease(1)), new SweepEvent.CheckpointDiscarded(At(9), Lease(1).Trial, Result().Checkpoint)]);
    }

    public void Dispose() => _temporary.Dispose();

    [Fact]
    public void EvaluateAndPredictSayThatTheCheckpointWasNotKeptAndWhatTrainsItAgain()
    {
        foreach (var command in new[] { EvaluateCommand.Create(), PredictCommand.Create() })
        {
            var fault = Should.Throw<InputException>(() => Run(command));
            fault.Message.ShouldStartWith("quick/1 has no checkpoint any more: its sweep keeps only the best");
            fault.Message.ShouldContain("./fsweep reproduce quick/1 --restore trains it again");
        }
    }

    private void Run(Command command)
    {
        using var output = new StringWriter();
        command.Parse(["quick/1", "--store", _temporary.Folder.Path]).Invoke(
            new InvocationConfiguration { Output = output, EnableDefaultExceptionHandler = false });
    }
}
