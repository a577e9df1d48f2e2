using Akka.Actor;

namespace FashionSweep.Shared.Cluster;

/// <summary>
/// Whoever speaks with an actor may send it <c>Kill</c>, and untrusted mode lets it through (Akka.NET 1.5.74). It has no effect: the actor goes on as it was.
/// </summary>
public sealed class KillResumes : SupervisorStrategyConfigurator
{
    public override SupervisorStrategy Create() => Else(_ => { });

    /// <param name="fail">Told of all other faults, of which the actor ends.</param>
    public static SupervisorStrategy Else(Action<Exception> fail) => new OneForOneStrategy(fault =>
    {
        if (fault is ActorKilledException) return Directive.Resume;
        fail(fault);
        return Directive.Stop;
    });
}
