using System.Globalization;
using System.Text.Json;
using FashionSweep.Coordinator.Records;
using FashionSweep.Coordinator.Results;
using FashionSweep.Shared.Trials;

namespace FashionSweep.Coordinator.Web.Dashboard;

/// <summary>Writes trials as one document of columns: the whole table, or the rows that changed.</summary>
/// <param name="run">Of the coordinator: what another one said of its revisions means nothing here.</param>
internal sealed class TrialColumns(TrialTable table, string run, Utf8JsonWriter json)
{
    // An accuracy to this, which is less than one image of the test set.
    private const int AccuracyDigits = 4;

    private static readonly (string Name, Func<TrialFigures, double?> Of)[] Metrics =
    [
        .. new[]
        {
            "validation_accuracy", "validation_loss", "train_accuracy", "train_loss", "test_accuracy", "test_loss", "seconds", "parameter_count",
        }.Select(name => (name, (Func<TrialFigures, double?>)(trial => NumberOf(TrialFields.ValueOf(trial, name))))),
    ];

    /// <param name="since">A revision that the table continues; null for all.</param>
    public void Write(long? since)
    {
        var rows = since is { } known ? [.. table.RowsSince(known)] : table.Rows;
        json.WriteStartObject();
        json.WriteString("sweep", table.Sweep.Name);
        json.WriteString("revision", $"{run}-{table.Revision}");
        json.WriteBoolean("whole", since is null);
        if (since is { } from) json.WriteString("since", $"{run}-{from}");
        json.WriteStartObject("columns");
        WriteColumns(rows);
        json.WriteEndObject();
        json.WriteStartObject("metrics");
        foreach (var (name, of) in Metrics) Write(name, rows, row => of(row.Figures), name.EndsWith("_accuracy", StringComparison.Ordinal));
        json.WriteEndObject();
        json.WriteStartObject("parameters");
        foreach (var parameter in table.Varied) Write(parameter, rows);
        json.WriteEndObject();
        json.WriteStartObject("constant");
        foreach (var (name, value) in table.Constant)
        {
            json.WritePropertyName(name);
            JsonSerializer.Serialize(json, value, ControlJson.Lenient);
        }
        json.WriteEndObject();
        json.WriteStartObject("marks");
        foreach (var (number, mark) in table.MarksSince(since))
        {
            json.WritePropertyName($"{number}");
            JsonSerializer.Serialize(json, mark, ControlJson.Lenient);
        }
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
    }

    private void WriteColumns(IReadOnlyList<TableRow> rows)
    {
        var (sweep, repeats) = (table.Sweep, table.Sweep.Repeats);
        Write("number", rows, row => row.Figures.Id.Number);
        Write("configuration", rows, row => repeats.ConfigurationOf(row.Figures.Id));
        Write("repeat", rows, row => repeats.RepeatOf(row.Figures.Id));
        Write("state", rows, [], row => EnumText.Of(row.Figures.State));
        Write("rank", rows, row => table.PlaceOf(row));
        Write("node", rows, [], row => row.Figures.Attempt == 0 ? null : row.Figures.Node.Name);
        Write("epochs", rows, row => row.Figures.EpochsRun);
        Write("best_epoch", rows, row => row.Figures.Result?.BestEpoch);
        Write("attempt", rows, row => row.Figures.Attempt);
        Write("started_at", rows, row => Seconds(row.Figures.StartedAt - sweep.CreatedAt));
        Write("seconds", rows, row => row.Figures.EndedAt is { } ended ? Seconds(ended - row.Figures.StartedAt) : null);
    }

    private static double? Seconds(TimeSpan span) => Math.Round(span.TotalSeconds, 1);

    private void Write(TableParameter parameter, IReadOnlyList<TableRow> rows)
    {
        if (parameter.IsNumber) Write(parameter.Name, rows, row => NumberOf(row.ValueOf(parameter)), isAccuracy: false);
        else Write(parameter.Name, rows, parameter.Words, row => row.ValueOf(parameter)?.ToString());
    }

    private void Write(string name, IReadOnlyList<TableRow> rows, Func<TableRow, int?> of)
    {
        json.WriteStartArray(name);
        foreach (var row in rows)
        {
            if (of(row) is { } number) json.WriteNumberValue(number);
            else json.WriteNullValue();
        }
        json.WriteEndArray();
    }

    private void Write(string name, IReadOnlyList<TableRow> rows, Func<TableRow, double?> of, bool isAccuracy = false)
    {
        json.WriteStartArray(name);
        Span<byte> text = stackalloc byte[32];
        foreach (var row in rows)
        {
            if (of(row) is not { } number || !double.IsFinite(number)) json.WriteNullValue();
            else if (isAccuracy) json.WriteNumberValue(Math.Round(number, AccuracyDigits));
            else if (number == (long)number && Math.Abs(number) < 1e15) json.WriteNumberValue((long)number);
            else
            {
                number.TryFormat(text, out var length, "G4", CultureInfo.InvariantCulture);
                json.WriteRawValue(text[..length], skipInputValidation: true);
            }
        }
        json.WriteEndArray();
    }

    /// <param name="words">That come first, in this order.</param>
    private void Write(string name, IReadOnlyList<TableRow> rows, IReadOnlyList<string> words, Func<TableRow, string?> of)
    {
        var codes = words.Index().ToDictionary(word => word.Item, word => word.Index);
        json.WriteStartObject(name);
        json.WriteStartArray("codes");
        foreach (var row in rows)
        {
            var (word, code) = (of(row), -1);
            if (word is not null && !codes.TryGetValue(word, out code)) codes.Add(word, code = codes.Count);
            json.WriteNumberValue(code);
        }
        json.WriteEndArray();
        json.WriteStartArray("words");
        foreach (var word in codes.OrderBy(word => word.Value)) json.WriteStringValue(word.Key);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static double? NumberOf(ParameterValue? value) => value switch
    {
        ParameterValue.Whole whole => whole.Value,
        ParameterValue.Real real => real.Value,
        _ => null,
    };
}
