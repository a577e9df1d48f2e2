using System.Text.Json;
using System.Text.Json.Serialization;
using FashionSweep.Coordinator.Web;
using FashionSweep.Shared.Faults;
using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Cli.Using;

/// <summary>A completed trial's record as a file by itself: all that it takes to run the trial again and to compare every bit.</summary>
/// <param name="Epochs">Of the attempt that completed it.</param>
internal sealed record TrialFile(
    [property: JsonPropertyName("fashionsweep_record")] int Format, TrialSpec Spec, TrialResult Result, IReadOnlyList<EpochReport> Epochs)
{
    public const string Extension = ".json";

    private const int CurrentFormat = 1;

    // A thousand epochs take a tenth of it.
    private const int MostBytes = 4 << 20;

    private static readonly JsonSerializerOptions Json = new(ControlJson.Strict) { WriteIndented = true };

    public static TrialFile Of(TrialSpec spec, TrialResult result, IReadOnlyList<EpochReport> epochs) => new(CurrentFormat, spec, result, epochs);

    public void Write(string file) => File.WriteAllText(file, JsonSerializer.Serialize(this, Json) + "\n");

    /// <param name="catalog">What the engine can be asked.</param>
    /// <exception cref="InputException">There is no such file, or it is no record that can be run here; says where and why.</exception>
    public static TrialFile Read(string file, ParameterCatalog catalog)
    {
        var read = Parse(file, ReadBytes(file));
        if (read.Format != CurrentFormat)
            throw new InputException($"{file}: fashionsweep_record is {read.Format}, must be {CurrentFormat}: another release wrote it");
        if (Knows(catalog, read.Spec.Parameters[OwnModel.Parameter]) && catalog.Faults(read.Spec.Parameters).FirstOrDefault() is { } fault)
            throw new InputException($"{file}: {fault}");
        if (!Checkpoint.IsSha256(read.Result.Checkpoint.Sha256) || !Checkpoint.IsSha256(read.Result.WeightsSha256))
            throw new InputException($"{file}: its weights have no SHA-256, must be 64 hexadecimal digits in lower case");
        return read.Epochs.Count == read.Result.Epochs
            ? read
            : throw new InputException($"{file}: it has {read.Epochs.Count} epochs, must have the {read.Result.Epochs} of its result");
    }

    // What the model of another plug-in may be asked, the node that runs it says.
    private static bool Knows(ParameterCatalog catalog, ParameterValue? plugin) =>
        plugin is null || catalog.Find(OwnModel.Parameter)?.Rule.Allows(plugin) == true;

    private static byte[] ReadBytes(string file)
    {
        if (Directory.Exists(file)) throw new InputException($"{file}: this is a folder, must be a record that ./fsweep export TRIAL --record wrote");
        if (!File.Exists(file)) throw new InputException($"{file}: there is no such file; ./fsweep export TRIAL --record writes one");
        return new FileInfo(file).Length <= MostBytes
            ? File.ReadAllBytes(file)
            : throw new InputException($"{file}: it is larger than {MostBytes >> 20} MiB, which no record is");
    }

    private static TrialFile Parse(string file, byte[] bytes)
    {
        try
        {
            return JsonSerializer.Deserialize<TrialFile>(bytes, Json) ?? throw new InputException($"{file}: it is null, must be the record of a trial");
        }
        catch (JsonException wrong)
        {
            throw new InputException(
                $"{file}:{wrong.LineNumber + 1}:{wrong.BytePositionInLine + 1}: {Why(wrong)}: it must be as ./fsweep export TRIAL --record writes it", wrong);
        }
    }

    // What names types of this program says nothing to its users.
    private static string Why(JsonException wrong)
    {
        var names = wrong.Message.Split('\'').Where((_, index) => index % 2 == 1).Where(name => !name.Contains('.', StringComparison.Ordinal)).ToList();
        if (wrong.Message.Contains("missing required", StringComparison.Ordinal)) return $"{string.Join(", ", names)} is missing";
        if (wrong.Message.Contains("could not be mapped", StringComparison.Ordinal)) return $"{names.FirstOrDefault()} is not known";
        return wrong.Path is { Length: > 2 } path ? $"{path[2..]} is no such value" : "it is no JSON";
    }
}
