using System.Text;
using FashionSweep.Search.Sweeps;

namespace FashionSweep.Search.Tests.Sweeps;

/// <summary>Sweep files written in a test.</summary>
internal static class SweepText
{
    public const string Path = "sweeps/t.yaml";

    public static SweepSpec Read(string text) => SweepFile.Parse(Path, Encoding.UTF8.GetBytes(text), Engine.Catalog).Spec;

    /// <summary>How a text was understood, and what may not be meant in it.</summary>
    public static IReadOnlyList<string> Notices(string text) => SweepNotices.Of(Read(text));

    /// <summary>The faults of a text, each without the path; none where it is right.</summary>
    public static IReadOnlyList<string> Faults(string text) => Faults(Encoding.UTF8.GetBytes(text));

    public static IReadOnlyList<string> Faults(byte[] bytes)
    {
        try
        {
            SweepFile.Parse(Path, bytes, Engine.Catalog);
            return [];
        }
        catch (SweepFileException exception)
        {
            return [.. exception.Faults.Select(fault => fault.ToString()[(Path.Length + 1)..])];
        }
    }
}
