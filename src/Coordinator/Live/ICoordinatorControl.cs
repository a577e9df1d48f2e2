using System.Text.Json.Serialization;
using FashionSweep.Coordinator.Actors;
using FashionSweep.Coordinator.Machine;

namespace FashionSweep.Coordinator.Live;

/// <summary>What a user can see of a coordinator at work, and ask of it. For any thread, and many at once.</summary>
public interface ICoordinatorControl
{
    /// <summary>As it stands now.</summary>
    CoordinatorStatus Status { get; }

    /// <summary>Does what is asked of a sweep, or says why not. What was accepted is stored before the answer is given.</summary>
    /// <param name="request">Without a fault.</param>
    /// <param name="cancellation">Nobody waits for the answer any more; the request may be done all the same.</param>
    Task<ControlAnswer> AskAsync(string sweep, SweepCommand request, CancellationToken cancellation);

    /// <summary>Takes a new sweep up, or says all that is wrong with it.</summary>
    Task<ControlAnswer> SubmitAsync(Submission submission, CancellationToken cancellation);

    /// <summary>Has a node finish what it has, and leave.</summary>
    Task<ControlAnswer> DrainAsync(string node, CancellationToken cancellation);
}

/// <param name="Message">For the user, in a sentence or two: what happens now, or why not and what would.</param>
/// <param name="Sweep">The name of the sweep that a submission has become.</param>
public sealed record ControlAnswer(bool Accepted, string Message, string? Sweep = null);

/// <summary>A sweep file that is to be worked on.</summary>
/// <param name="File">What its user calls it; nothing is read from there.</param>
/// <param name="Source">Its text.</param>
public sealed record Submission(string File, string Source)
{
    /// <summary>The own model that it may name; null where there is none.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GivenPlugin? Plugin { get; init; }
}
