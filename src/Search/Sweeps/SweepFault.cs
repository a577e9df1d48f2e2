using FashionSweep.Shared.Faults;

namespace FashionSweep.Search.Sweeps;

/// <summary>One thing that is wrong with a sweep file: where, the value, the rule and, where there is one, a suggestion.</summary>
/// <param name="Line">From 1; 0 where the file as a whole is meant.</param>
/// <param name="Column">From 1, in UTF-16 units; 0 with line 0.</param>
public sealed record SweepFault(string File, int Line, int Column, string Message)
{
    public override string ToString() => Line == 0 ? $"{File}: {Message}" : $"{File}:{Line}:{Column}: {Message}";
}

/// <summary>A sweep file is wrong. Holds all of its faults in the order of their places.</summary>
public sealed class SweepFileException(string file, IReadOnlyList<SweepFault> faults) : UserException(string.Join('\n', faults.Take(MostShown)))
{
    public override bool IsWrongInput => true;

    // A file of another kind can have a fault on every line, and nobody reads beyond the first screens.
    private const int MostShown = 100;

    public IReadOnlyList<SweepFault> Faults { get; } = faults;

    /// <summary>One line for each fault, and one that says how many there are and that nothing was started.</summary>
    public void WriteTo(TextWriter writer)
    {
        foreach (var fault in Faults.Take(MostShown)) writer.WriteLine(fault);
        if (Faults.Count > MostShown) writer.WriteLine($"and {Faults.Count - MostShown} more");
        writer.WriteLine($"{Faults.Count} {(Faults.Count == 1 ? "fault" : "faults")} in {file}; nothing was started.");
    }
}
