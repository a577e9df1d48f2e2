namespace FashionSweep.Search.Sweeps;

/// <summary>A place in a file, both from 1.</summary>
internal readonly record struct Position(int Line, int Column)
{
    public static Position WholeFile => default;
}

/// <summary>Gathers the faults of one file, so that all can be told at once, and beside them how the rest was understood.</summary>
internal sealed class FaultLog(string file)
{
    private readonly List<SweepFault> _faults = [];

    public int Count => _faults.Count;

    public ReadingNotes Notes { get; } = new();

    public void Add(Position at, string message) => _faults.Add(new SweepFault(file, at.Line, at.Column, message));

    public SweepFileException ToException() => new(file, [.. _faults.OrderBy(fault => fault.Line).ThenBy(fault => fault.Column)]);
}
