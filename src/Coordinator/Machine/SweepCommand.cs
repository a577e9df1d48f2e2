using System.Text.Json.Serialization;

namespace FashionSweep.Coordinator.Machine;

/// <summary>What a user asks of a sweep, be it in work or at rest.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "request")]
[JsonDerivedType(typeof(Pause), "pause")]
[JsonDerivedType(typeof(Resume), "resume")]
[JsonDerivedType(typeof(Cancel), "cancel")]
[JsonDerivedType(typeof(Extend), "extend")]
[JsonDerivedType(typeof(RerunFailed), "rerun_failed")]
public abstract record SweepCommand
{
    private SweepCommand()
    {
    }

    /// <summary>What makes no sense in it, whatever the sweep; null where nothing does.</summary>
    public virtual string? FindFault() => null;

    /// <summary>Starts no more trials; those that run are finished.</summary>
    public sealed record Pause : SweepCommand;

    /// <summary>Goes on after a pause.</summary>
    public sealed record Resume : SweepCommand;

    /// <summary>Ends the sweep for good: running trials are stopped, and <c>--resume</c> does not take it up again.</summary>
    public sealed record Cancel : SweepCommand;

    /// <summary>Makes more of a sweep that runs or has ended.</summary>
    /// <param name="Trials">So many more trials are drawn.</param>
    /// <param name="Epochs">The best configurations are tried again, as new trials, with so many epochs.</param>
    /// <param name="Top">How many of the best; null for all that are finished.</param>
    /// <param name="Parameters">What trials are drawn from, from now on: a parameter's name and its new domain in YAML, as in a sweep file.</param>
    public sealed record Extend(int? Trials = null, int? Epochs = null, int? Top = null, IReadOnlyDictionary<string, string>? Parameters = null) : SweepCommand
    {
        public override string? FindFault()
        {
            foreach (var (name, count) in new[] { ("trials", Trials), ("epochs", Epochs), ("top", Top) })
                if (count < 1) return $"{name} is {count}, must be at least 1";
            // JSON gets nulls past the annotations of a dictionary.
            if (Parameters?.Any(parameter => parameter.Value is null) == true) return "a parameter is null, must be text: its domain in YAML";
            if (Top is not null && Epochs is null) return "top says how many of the best are tried again with more epochs: say how many epochs";
            return (Trials ?? Epochs) is null && Parameters is not { Count: > 0 }
                ? "nothing to extend by: say how many trials or epochs, or what a parameter is drawn from"
                : null;
        }
    }

    /// <summary>Tries the failed trials again.</summary>
    public sealed record RerunFailed : SweepCommand;
}
