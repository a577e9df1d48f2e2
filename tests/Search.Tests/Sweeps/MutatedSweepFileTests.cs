using System.Text;
using FashionSweep.Search.Sweeps;
using FashionSweep.Search.Trials;

namespace FashionSweep.Search.Tests.Sweeps;

/// <summary>Whatever stands in a file: a spec that can start, or faults with their places, and nothing else.</summary>
public sealed class MutatedSweepFileTests
{
    // FSWEEP_FUZZ=100000 makes as many files; a plain run has these.
    private static readonly int Rounds = int.TryParse(Environment.GetEnvironmentVariable("FSWEEP_FUZZ"), out var rounds) ? rounds / 4 : 1000;

    private static readonly string[] Seeds =
    [
        """
        name: t  # comment
        method: random
        metric: {name: val_loss, goal: minimize, target: 0.1}
        run_cap: 5
        seed: 7
        description: >-
          folded
        parameters:
          optimizer:
            values:
            - sgd
            - "adam"
          learning_rate: {distribution: log_uniform_values, min: 1e-4, max: 0.1}
          hidden: [[128, 64], [256]]
          dropout: {min: 0, max: 0.5}
          momentum: {value: 0.9}
          batch_size: {min: 1, max: 64}
          nesterov: [true, false]
        """,
        """
        program: train.py
        command: ["${env}", python, "${program}"]
        method: random
        run_cap: 9
        parameters:
          fc_layer_size: {values: [128, 256], probabilities: [0.3, 0.7]}
          optimizer: {parameters: {type: {values: [SGD, nag]}, lr: {distribution: log_normal, mu: -5, sigma: 0.5}}}
          batch-size: {distribution: q_log_uniform_values, q: 8, min: 32, max: 256}
          dropout: {distribution: beta, a: 2, b: 5}
          weight_decay: {distribution: inv_log_uniform, min: 2, max: 9}
          epochs: {distribution: q_normal, mu: 5, sigma: 2}
        """,
        """
        {
          "method": "random", "run_cap": 3,
          "metric": {"name": "val_acc", "goal": "maximize"},
          "parameters": {
            "num_layers": {"values": [3, 4, 5]}, "eta": {"distribution": "log_uniform", "min": -9, "max": -2},
            "weight_init": {"values": ["random", "Xavier"]}, "l2": {"distribution": "q_uniform", "q": 0.1, "min": 0, "max": 1}
          }
        }
        """,
    ];

    private static readonly string[] Pieces =
    [
        "\n", "\t", " ", "  ", ":", ": ", "- ", "? ", "[", "]", "{", "}", ",", "\"", "'", "#", "&a", "*a", "!", "!!int ", "|", ">", "%", "@", "`", "\\",
        "---\n", "...\n", "<<: ", "~", "\0", "\ud800", "é", "\uFEFF",
        "\r", "!!in[t ", "|2\n", "!<", "\u0085", "\u2028", "0", "-1", "1e999", ".nan", "-.inf", "9223372036854775808", "0x7fffffffffffffff",
        "values", "min", "method: grid\n", "depth: 3", "true", "%YAML 1.1\n",
        "parameters", "q_", "log_", "normal", "beta", "uniform", "mu", "sigma", "1e-300", "1e300", "9007199254740993", "probabilities", "lr", ".5",
    ];

    [Fact]
    public void MutatedTextGivesASpecOrFaults()
    {
        var random = new Random(20);
        for (var round = 0; round < 3 * Rounds; round++) ReadOrRefuse(Encoding.UTF8.GetBytes(Mutate(Seeds[round % Seeds.Length], random)));
    }

    [Fact]
    public void MutatedBytesGiveASpecOrFaults()
    {
        var random = new Random(21);
        for (var round = 0; round < Rounds; round++)
        {
            var bytes = Encoding.UTF8.GetBytes(Seeds[round % Seeds.Length]);
            for (var change = random.Next(1, 6); change > 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            ReadOrRefuse(bytes);
        }
    }

    private static string Mutate(string text, Random random)
    {
        for (var change = random.Next(1, 8); change > 0; change--)
        {
            var at = random.Next(text.Length + 1);
            var length = Math.Min(random.Next(12), text.Length - at);
            text = random.Next(4) switch
            {
                0 => text.Remove(at, length),
                1 => text.Insert(at, Pieces[random.Next(Pieces.Length)]),
                2 => text.Insert(random.Next(text.Length + 1), text.Substring(at, length)),
                _ => text.Remove(at, length).Insert(at, Pieces[random.Next(Pieces.Length)]),
            };
        }
        return text;
    }

    private static void ReadOrRefuse(byte[] bytes)
    {
        try
        {
            var spec = SweepFile.Parse(SweepText.Path, bytes, Engine.Catalog).Spec;
            TrialPreview.Of(spec).Take(3).ShouldAllBe(trial => trial.All(pair => Engine.Catalog.Find(pair.Key)!.Rule.Allows(pair.Value)));
            SweepNotices.Of(spec).ShouldAllBe(notice => notice.Length > 0);
        }
        catch (SweepFileException exception)
        {
            exception.Faults.ShouldNotBeEmpty();
            exception.Faults.ShouldAllBe(fault => fault.Line >= 1 && fault.Column >= 1 && fault.Message.Length > 0 && !fault.Message.Any(char.IsControl));
        }
        catch (Exception exception) when (exception is not ShouldAssertException)
        {
            throw new InvalidOperationException($"Neither a spec nor faults: {Convert.ToBase64String(bytes)}", exception);
        }
    }
}
