using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Losses;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Engines;

/// <summary>A user's own model, of a plug-in. It stands where a plan and its engine do: all else of a trial is as with any other.</summary>
public interface IOwnModel
{
    /// <summary>As sweep files call it.</summary>
    string Name { get; }

    /// <summary>What it can be asked.</summary>
    IReadOnlyList<OwnParameter> Parameters { get; }

    /// <summary>What it has of its own beside its layers.</summary>
    OwnPieces Pieces { get; }

    /// <summary>The model of one trial with its first weights, opened, used and disposed of on its thread.</summary>
    /// <param name="asked">All that the trial is asked, with the values that the rules allow; what isn't in it is as the parameter says.</param>
    /// <param name="seed">Of the first weights.</param>
    /// <exception cref="UserException">It can't be had; says why in the plug-in's own words.</exception>
    internal IEngineModel Open(ParameterSet asked, TensorShape image, int classes, LossConfig loss, int batchSize, ulong seed);
}
