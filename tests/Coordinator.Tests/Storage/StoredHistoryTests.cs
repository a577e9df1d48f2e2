using System.Text;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Storage;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Tests;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Tests.Storage;

/// <summary>A source that was never interrupted, and one that goes on from its store now and then: both give the same trials and the same verdicts.</summary>
public sealed class StoredHistoryTests : IDisposable
{
    private const int Slots = 5;
    private const int Epochs = 9;

    private readonly TemporaryStore _temporary = new();
    private readonly LiteStore _store;
    private readonly Random _chance = new(3);
    private readonly List<Course> _running = [];
    private DateTimeOffset _now = Samples.Start;

    public StoredHistoryTests() => _store = LiteStore.OpenForWriting(_temporary.Folder);

    public void Dispose()
    {
        _store.Dispose();
        _temporary.Dispose();
    }

    [Theory]
    [InlineData("random", "none", 1)]
    [InlineData("random", "asha", 1)]
    [InlineData("grid", "asha", 3)]
    [InlineData("sobol", "{type: hyperband, min_iter: 1, strict: false, brackets: 2}", 1)]
    [InlineData("random", "{type: hyperband, min_iter: 1, strict: true}", 2)]
    [InlineData("random", "median", 2)]
    [InlineData("random", "{type: patience, patience: 2}", 1)]
    [InlineData("random", "{type: threshold, upper: 0.9}", 2)]
    [InlineData("tpe", "none", 1)]
    [InlineData("tpe", "asha", 2)]
    public void ASourceThatGoesOnDecidesAsOneThatWasNeverInterrupted(string method, string pruning, int seeds)
    {
        var spec = SpecOf(method, pruning, seeds);
        var (whole, again) = (new TrialSource("quick", spec), new TrialSource("quick", spec));
        _store.Add(Samples.Sweep(total: whole.Total) with { Repeats = spec.Repeats });
        for (var step = 0; step < 400; step++)
        {
            _now = _now.AddSeconds(1);
            Step(whole, again);
            again.Total.ShouldBe(whole.Total);
            if (step % 37 == 36) again = TrialSource.GoOn("quick", spec, new StoredHistory(_store, "quick"));
        }
        _store.Outlines("quick").Count(trial => trial.IsFinished).ShouldBeGreaterThan(20);
    }

    private void Step(TrialSource whole, TrialSource again)
    {
        if (_running.Count < Slots)
        {
            var trial = whole.Next();
            again.Next().ShouldBe(trial);
            if (trial is not null) Start(trial, new Lease(trial.Id, Samples.Node, 1));
        }
        if (_running.Count == 0) return;
        var course = _running[_chance.Next(_running.Count)];
        if (_chance.Next(25) == 0) Lose(course);
        else if (_chance.Next(25) == 0) End(course, TrialState.Failed, null, whole, again);
        else Report(course, whole, again);
    }

    private void Start(TrialSpec trial, Lease lease)
    {
        _running.Add(new Course(trial, lease) { At = _now });
        _store.Append([new SweepEvent.TrialStarted(_now, lease, trial)]);
    }

    // Another attempt reports its epochs again.
    private void Lose(Course course)
    {
        _running.Remove(course);
        _store.Append([new SweepEvent.AttemptEnded(_now, course.Lease, AttemptEnd.Lost, "killed", IsHeld: true)]);
        Start(course.Trial, course.Lease with { Attempt = course.Lease.Attempt + 1 });
    }

    private void Report(Course course, TrialSource whole, TrialSource again)
    {
        var loss = (course.Trial.Id.Number * 0.6180339887498949 % 1) + (1.0 / (++course.Epoch + 1));
        var report = Samples.Epoch(course.Epoch, loss: loss) with { Seconds = (_now - course.At).TotalSeconds };
        course.At = _now;
        _store.Append([new SweepEvent.EpochEnded(_now, course.Lease, report)]);
        var verdict = whole.Judge(course.Trial, report);
        again.Judge(course.Trial, report).ShouldBe(verdict);
        if (verdict is not null) End(course, TrialState.Pruned, verdict, whole, again);
        else if (course.Epoch == Epochs) End(course, TrialState.Completed, null, whole, again, Samples.Result(loss: loss, epochs: Epochs, bestEpoch: Epochs));
    }

    private void End(Course course, TrialState state, string? reason, TrialSource whole, TrialSource again, TrialResult? result = null)
    {
        _running.Remove(course);
        _store.Append([new SweepEvent.TrialFinished(_now, course.Lease, state, result, reason)]);
        whole.Ended(course.Trial, state, result);
        again.Ended(course.Trial, state, result);
    }

    // TPE's proposals that repeat another are turned down, and come otherwise once more is known: it gets a space where none does.
    private static SweepSpec SpecOf(string method, string pruning, int seeds) => SweepFile.Parse("quick.yaml", Encoding.UTF8.GetBytes($"""
        method: {method}
        metric: {"{"}name: validation_loss, goal: minimize{"}"}
        run_cap: 60
        repeats: {seeds}
        early_terminate: {pruning}
        parameters:
          {(method == "tpe" ? "dropout: {min: 0.0, max: 0.5}" : "width: {min: 8, max: 64}")}
          depth: [1, 2, 3]
          epochs: {Epochs}

        """), Engine.Catalog).Spec;

    private sealed record Course(TrialSpec Trial, Lease Lease)
    {
        public int Epoch { get; set; }

        /// <summary>When it last said something.</summary>
        public DateTimeOffset At { get; set; }
    }
}
