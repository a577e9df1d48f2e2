using FashionSweep.Shared.Protocol;
using FashionSweep.Shared.Trials;
using FashionSweep.TrainerNode.Machine;

namespace FashionSweep.TrainerNode.Actor;

/// <summary>One thread that trains one trial after another. It is the boundary of a trial: no error of one leaves it.</summary>
/// <param name="tell">Called on the slot's thread.</param>
/// <param name="log">Gets the stack traces of failed trials.</param>
internal sealed class TrainingSlot(int number, ITrainer trainer, Action<NodeMessage> tell, NodeLog log)
{
    // Room for the deep frames of native kernels; reserved, not used, until they need it.
    private const int StackBytes = 16 << 20;

    // In letters.
    private const int LongestError = 4000;

    // Monitors and no blocking collection: that one spins before it blocks, and an idle slot's core belongs to those that train.
    private readonly object _door = new();
    private readonly Queue<Job> _jobs = [];
    private bool _isClosed;
    private Job? _current;

    // A background thread: the end of the process never waits for a trial.
    public void Start() => new Thread(Work, StackBytes) { IsBackground = true, Name = $"slot {number}" }.Start();

    public void Train(Lease lease, TrialSpec spec)
    {
        _current = new Job(lease, spec, new CancellationTokenSource());
        lock (_door)
        {
            _jobs.Enqueue(_current);
            Monitor.Pulse(_door);
        }
    }

    public void Stop() => _current?.Stop.Cancel();

    public void Close()
    {
        lock (_door)
        {
            _isClosed = true;
            Monitor.Pulse(_door);
        }
    }

    private void Work()
    {
        while (Next() is { } job) tell(new NodeMessage.TrialDone(job.Lease, Outcome(job)));
    }

    private Job? Next()
    {
        lock (_door)
        {
            Job? job;
            while (!_jobs.TryDequeue(out job) && !_isClosed) Monitor.Wait(_door);
            return job;
        }
    }

    private TrialOutcome Outcome(Job job)
    {
        try
        {
            return trainer.Train(job.Spec, report => tell(new NodeMessage.EpochDone(job.Lease, report)), job.Stop.Token);
        }
        catch (OperationCanceledException) when (job.Stop.IsCancellationRequested)
        {
            return new TrialOutcome.Stopped();
        }
#pragma warning disable CA1031 // Whatever a trial throws is that trial's error; the slot goes on with the next one.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            log.Warn(job.Lease, $"failed: {exception}");
            return new TrialOutcome.Failed(exception is OutOfMemoryException ? "The node ran out of memory in this trial." : Short(exception.Message));
        }
    }

    // It goes with others in one message, and a coordinator shows no more of it.
    private static string Short(string error) => error.Length <= LongestError ? error : $"{error.AsSpan(0, LongestError)}…";

    private sealed record Job(Lease Lease, TrialSpec Spec, CancellationTokenSource Stop);
}
