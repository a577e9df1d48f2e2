using System.Globalization;
using System.IO.Compression;
using FashionSweep.Coordinator.Space;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Benchmarks;

/// <summary>Recorded results of every one of some configurations of a dense network on Fashion-MNIST: a search is one of looking up.</summary>
internal static class MlpTable
{
    public const string Name = "mlp";

    private const int Parameters = 6;

    public static string File { get; } = Path.Combine(AppContext.BaseDirectory, "mlp-table.csv.gz");

    /// <returns>Null where the table is not there.</returns>
    public static SearchProblem? Read()
    {
        if (!System.IO.File.Exists(File)) return null;
        using var reader = new StreamReader(new GZipStream(System.IO.File.OpenRead(File), CompressionMode.Decompress));
        var names = reader.ReadLine()!.Split(',')[..Parameters];
        var rows = new Dictionary<ParameterSet, double>();
        while (reader.ReadLine() is { } line)
        {
            var cells = line.Split(',');
            var accuracies = cells[Parameters..].Select(cell => double.Parse(cell, CultureInfo.InvariantCulture));
            rows[new ParameterSet(names.Zip(cells, (name, cell) => KeyValuePair.Create(name, ValueOf(name, cell))))] = 1 - accuracies.Max();
        }
        var space = new SearchSpace([.. names.Select(name => new SearchParameter(name, new SearchDomain.Choices([.. rows.Keys.Select(row => row[name]!).Distinct()])))]);
        return new SearchProblem(Name, space, trial => rows[trial], rows.Values.Min());
    }

    private static ParameterValue ValueOf(string name, string cell) => name switch
    {
        "optimizer" => cell,
        "learning_rate" or "dropout" => double.Parse(cell, CultureInfo.InvariantCulture),
        _ => long.Parse(cell, CultureInfo.InvariantCulture),
    };
}
