using System.Text.Json;
using FashionSweep.Coordinator.Cli.Output;
using FashionSweep.Coordinator.Results;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>An ensemble as a file: JSON, which names trials of a store, their weights and their checkpoints.</summary>
internal static class EnsembleFile
{
    public const string Ending = ".ensemble.json";

    private const string Format = "fashionsweep-ensemble-1";
    private const int LargestBytes = 1 << 20;
    private const double Rounding = 1e-9;

    /// <summary>Whether that is what a user names; a trial's name ends in a number.</summary>
    public static bool IsNamed(string name) => name.EndsWith(Ending, StringComparison.Ordinal);

    public static void Write(string file, Ensemble ensemble)
    {
        var document = new Document(Format, ensemble.Name, ensemble.Members, ensemble.Validation, ensemble.Test);
        NewFile.Write(file, part => File.WriteAllText(part, $"{JsonOutput.Document(document)}\n"));
    }

    /// <exception cref="InputException">It is not there, or none; says what is wrong in it.</exception>
    public static Ensemble Read(string file)
    {
        if (!File.Exists(file)) throw new InputException($"{file}: there is no such file; ./fsweep ensemble SWEEP makes one");
        if (new FileInfo(file).Length > LargestBytes) throw new InputException($"{file}: is larger than {LargestBytes >> 20} MB, which no ensemble is");
        try
        {
            var read = JsonSerializer.Deserialize<Document>(File.ReadAllText(file), ControlJson.Strict)
                ?? throw new InputException($"{file}: is null, must be an object");
            return FindFault(read) is { } fault
                ? throw new InputException($"{file}: {fault}")
                : new Ensemble(read.Name, read.Members, read.Validation, read.Test);
        }
        catch (JsonException fault)
        {
            var place = $"{file}:{fault.LineNumber + 1 ?? 1}:{fault.BytePositionInLine + 1 ?? 1}";
            throw new InputException($"{place}: is no ensemble: {fault.Path ?? "$"} is wrong, missing, unknown or there twice", fault);
        }
    }

    private static string? FindFault(Document read)
    {
        if (read.Format != Format) return $"format is '{read.Format}', must be {Format}: this release reads no other";
        if (read.Members.Count == 0) return "members is empty, must be at least one";
        if (read.Members.FirstOrDefault(member => !(member.Weight > 0)) is { } light)
            return $"the weight of {light.Trial} is {JsonOutput.Line(light.Weight)}, must be above 0";
        if (read.Members.FirstOrDefault(member => !Checkpoint.IsSha256(member.CheckpointSha256)) is { } unknown)
            return $"the checkpoint of {unknown.Trial} is '{unknown.CheckpointSha256}', must be a SHA-256: 64 hexadecimal digits in lower case";
        var sum = read.Members.Sum(member => member.Weight);
        return Math.Abs(sum - 1) <= Rounding ? null : $"the weights sum to {JsonOutput.Line(sum)}, must to 1";
    }

    private sealed record Document(string Format, string Name, IReadOnlyList<EnsembleMember> Members, Score Validation, Score Test);
}
