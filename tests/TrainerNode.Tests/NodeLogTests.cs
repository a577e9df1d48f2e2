using FashionSweep.Shared.Trials;
using FashionSweep.TrainerNode.Tests.Actor;
using static FashionSweep.TrainerNode.Tests.Samples;

namespace FashionSweep.TrainerNode.Tests;

public sealed class NodeLogTests : IDisposable
{
    private const string Line = "2026-11-21T13:00:00Z local-1 trial=quick/1 lease=quick/1#1@local-1 ";

    private readonly StringWriter _progress = new() { NewLine = "\n" };
    private readonly StringWriter _errors = new() { NewLine = "\n" };
    private readonly NodeLog _log;

    public NodeLogTests() => _log = new NodeLog(Node(1).Id, _progress, _errors, new ManualClock());

    public void Dispose()
    {
        _progress.Dispose();
        _errors.Dispose();
    }

    [Fact]
    public void ALineSaysWhenWhoWhichTrialAndWhat()
    {
        _log.Tell(LeaseOf(1), "started");
        _log.Ended(LeaseOf(1), new TrialOutcome.Stopped());
        _log.Ended(LeaseOf(1), new TrialOutcome.Diverged(2, 5, "The loss is NaN."));
        _progress.ToString().ShouldBe($"{Line}started\n{Line}stopped\n{Line}diverged epoch=2: The loss is NaN.\n");
    }

    [Fact]
    public void AResultIsToldInItsFigures()
    {
        var score = new Score(0.5, 0.87654);
        var environment = new TrialEnvironment("managed", "fp32", "FashionSweep", "A processor", ".NET", "Linux", "here");
        _log.Ended(LeaseOf(1), new TrialOutcome.Completed(new TrialResult(3, 4, score, score, score, 1, "aa", 1, new Checkpoint("aa", 1), environment)));
        _progress.ToString().ShouldBe($"{Line}completed epochs=4 best_epoch=3 validation_accuracy=0.8765\n");
    }

    [Fact]
    public void WhatIsWrongGoesToTheErrors()
    {
        _log.Warn(LeaseOf(1), "hangs");
        _errors.ToString().ShouldBe($"{Line}hangs\n");
        _progress.ToString().ShouldBeEmpty();
    }
}
