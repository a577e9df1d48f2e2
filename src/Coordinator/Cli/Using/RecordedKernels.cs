using System.CommandLine;
using FashionSweep.Coordinator.Cli.Options;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Kernels;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary><c>--kernels K</c>, alike in every verb that uses a trained model.</summary>
internal static class RecordedKernels
{
    public static Option<string?> Option() => new Option<string?>("--kernels")
    {
        Description = "auto, onednn or managed; else those of the record where they are installed",
        HelpName = "KERNELS",
    }.OnlyOf("auto", "onednn", "managed");

    /// <param name="recorded">Where the model was trained and scored.</param>
    /// <exception cref="InputException">They were asked for, and are not there.</exception>
    public static KernelSet Choose(string? asked, TrialEnvironment recorded)
    {
        try
        {
            return KernelSet.Choose(Enum.Parse<KernelChoice>(asked ?? (recorded.HasManagedKernels() ? "managed" : "auto"), ignoreCase: true));
        }
        catch (KernelException fault)
        {
            throw new InputException(fault.Message, fault);
        }
    }
}
