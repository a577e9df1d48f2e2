namespace FashionSweep.Coordinator.Control;

/// <summary>What a user can see of a running sweep, and do with it. For any thread, and many at once.</summary>
public interface ISweepControl
{
    /// <summary>As it stands now.</summary>
    SweepStatus Status { get; }

    /// <summary>Does what is asked, or says why not. What was accepted is stored before the answer is given.</summary>
    /// <param name="request">Without a fault.</param>
    /// <param name="cancellation">Nobody waits for the answer any more; the request may be done all the same.</param>
    Task<ControlAnswer> AskAsync(ControlRequest request, CancellationToken cancellation);
}

/// <param name="Message">For the user, in a sentence or two: what happens now, or why not and what would.</param>
public sealed record ControlAnswer(bool Accepted, string Message);
