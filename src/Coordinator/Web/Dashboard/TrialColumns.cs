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
    // Behind the point: of an accuracy that is less than one image of the test set.
    private const int AccuracyDigits = 4;
    private const int SecondDigits = 1;

    // That count, of other numbers; of very many parameters that were drawn from a range no chart shows more than the second.
    private const int Digits = 4;
    private const int DigitsDrawn = 3;

    // So many trials are packed.
    private const int Many = 1000;

    // What is beyond is no place on any axis.
    private const double Largest = 1e15;

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
        foreach (var (name, of) in Metrics)
            Write(name, rows, row => of(row.Figures), name.EndsWith("_accuracy", StringComparison.Ordinal) ? AccuracyDigits : null);
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
        Write("started_at", rows, row => (row.Figures.StartedAt - sweep.CreatedAt).TotalSeconds, SecondDigits);
        Write("seconds", rows, row => (row.Figures.EndedAt - row.Figures.StartedAt)?.TotalSeconds, SecondDigits);
    }

    private void Write(TableParameter parameter, IReadOnlyList<TableRow> rows)
    {
        if (parameter.IsNumber) Write(parameter.Name, rows, row => NumberOf(row.ValueOf(parameter)), null, DigitsDrawn);
        else Write(parameter.Name, rows, parameter.Words, row => row.ValueOf(parameter)?.ToString());
    }

    private void Write(string name, IReadOnlyList<TableRow> rows, Func<TableRow, int?> of)
    {
        json.WritePropertyName(name);
        Write([.. rows.Select(row => (long?)of(row))]);
    }

    private void Write(long?[] values)
    {
        if (values.Length >= Many)
        {
            new PackedNumbers(values, 0).Write(json);
            return;
        }
        json.WriteStartArray();
        foreach (var value in values)
        {
            if (value is { } number) json.WriteNumberValue(number);
            else json.WriteNullValue();
        }
        json.WriteEndArray();
    }

    /// <param name="behind">Digits behind the point; null: as many as count.</param>
    /// <param name="drawn">How many count of very many that are not round.</param>
    private void Write(string name, IReadOnlyList<TableRow> rows, Func<TableRow, double?> of, int? behind, int drawn = Digits)
    {
        json.WritePropertyName(name);
        double?[] values = [.. rows.Select(of).Select(value => value is { } number && Math.Abs(number) < Largest ? value : null)];
        if (values.Length >= Many) Packed(values, behind, drawn).Write(json);
        else WritePlain(values, behind);
    }

    private static PackedNumbers Packed(double?[] values, int? behind, int drawn)
    {
        if (Array.TrueForAll(values, value => value is null || value == Math.Truncate(value.Value)))
            return new PackedNumbers([.. values.Select(value => (long?)value)], 0);
        if (behind is { } places)
            return new PackedNumbers([.. values.Select(value => value is { } number ? (long?)Math.Round(number * Math.Pow(10, places)) : null)], places);
        // What was chosen from a list is told as it is.
        return PackedNumbers.Significant(values, Array.TrueForAll(values, IsRound) ? Digits : drawn);
    }

    private static bool IsRound(double? value) =>
        value is not { } number || double.Parse(number.ToString("G4", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) == number;

    private void WritePlain(double?[] values, int? behind)
    {
        json.WriteStartArray();
        Span<byte> text = stackalloc byte[32];
        foreach (var value in values)
        {
            if (value is not { } number) json.WriteNullValue();
            else if (behind is { } places) json.WriteNumberValue(Math.Round(number, places));
            else if (number == Math.Truncate(number)) json.WriteNumberValue((long)number);
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
        var codes = words.Index().ToDictionary(word => word.Item, word => (long)word.Index);
        var values = new long?[rows.Count];
        for (var at = 0; at < values.Length; at++)
        {
            if (of(rows[at]) is not { } word) continue;
            if (!codes.TryGetValue(word, out var code)) codes.Add(word, code = codes.Count);
            values[at] = code;
        }
        json.WriteStartObject(name);
        json.WritePropertyName("codes");
        Write(values);
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
