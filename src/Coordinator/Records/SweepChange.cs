using System.Text.Json.Serialization;
using FashionSweep.Search.Trials;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Records;

/// <summary>A change to a sweep after its start, as its record keeps it.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "change")]
[JsonDerivedType(typeof(Paused), "paused")]
[JsonDerivedType(typeof(Resumed), "resumed")]
[JsonDerivedType(typeof(Extended), "extended")]
[JsonDerivedType(typeof(FailedReopened), "failed_reopened")]
[JsonDerivedType(typeof(FewerTrials), "fewer_trials")]
[JsonDerivedType(typeof(Ending), "ending")]
public abstract record SweepChange
{
    private SweepChange()
    {
    }

    /// <summary>No trial is started until it goes on; those that run end as they would.</summary>
    public sealed record Paused : SweepChange;

    public sealed record Resumed : SweepChange;

    /// <param name="Given">Configurations that are tried next.</param>
    /// <param name="Parameters">What these parameters are drawn from, from now on, in YAML.</param>
    /// <param name="Configurations">So many more are drawn.</param>
    public sealed record Extended(IReadOnlyList<ParameterSet> Given, IReadOnlyDictionary<string, string> Parameters, int Configurations) : SweepChange
    {
        public Extension AsExtension() => new(Given, Parameters, Configurations);
    }

    /// <summary>Trials that had failed are tried again.</summary>
    public sealed record FailedReopened(IReadOnlyList<TrialId> Trials) : SweepChange;

    /// <summary>The sweep has fewer trials than it was thought to have.</summary>
    public sealed record FewerTrials : SweepChange;

    /// <summary>It ends for good as soon as its running trials have stopped: a coordinator that dies meanwhile is followed by one that ends it.</summary>
    public sealed record Ending([property: JsonConverter(typeof(JsonStringEnumConverter<SweepEnd>))] SweepEnd How, string? Reason) : SweepChange;
}
