using FashionSweep.Coordinator.Live;
using static FashionSweep.Coordinator.Cli.Output.TerminalText;
namespace FashionSweep.Coordinator.Cli.Progress;

/// <summary>Draws progress as lines: the whole, each slot, the best so far.</summary>
public static class LiveFrame
{
    private const int BarOfSlot = 12;

    public static IReadOnlyList<LiveText> Lines(SweepProgress progress, DateTimeOffset now, int width, int height)
    {
        // The whole, the best and a line to spare; slots share the rest.
        var room = Math.Max(1, height - 4);
        var slots = progress.Slots.Count <= room ? progress.Slots : progress.Slots.Take(room - 1);
        var names = Widest(progress.Slots.Select(slot => slot.Running is { } running ? NameOf(running) : ""));
        var nodes = Widest(progress.Slots.Select(slot => NameOf(slot, progress)));
        List<LiveText> lines =
        [
            LiveWhole.Of(progress, now).Line(width),
            .. slots.Select(slot => Slot(slot, LiveText.Padded(NameOf(slot, progress), nodes), names, width)),
        ];
        var unseen = progress.Slots.Count - slots.Count();
        if (unseen > 0) lines.Add(new LiveText().Add($"  … and {Count(unseen, "slot")} more", LiveText.Dim));
        lines.Add(Best(progress, width));
        return lines;
    }

    private static LiveText Slot(SlotProgress slot, string name, int names, int width)
    {
        var line = new LiveText().Add($"  {name}  ", LiveText.Dim);
        if (slot.Running is not { } running) return line.Add("waiting", LiveText.Dim);
        line.Add(LiveText.Padded(NameOf(running), names), running.Lease.Attempt > 1 ? LiveText.Yellow : LiveText.Plain);
        var epoch = $"  epoch {Math.Min(running.Epochs, (running.Latest?.Epoch ?? 0) + 1)}/{running.Epochs}".PadRight(9 + (2 * $"{running.Epochs}".Length));
        var (whole, brief) = (Figures(running, "validation accuracy"), Figures(running, "accuracy"));
        // The bar is the first to go, so that the figures stay.
        var room = width - line.Length - epoch.Length;
        if (room >= BarOfSlot + brief.Length) line.Add("  ").AddBar(running.Share, BarOfSlot - 2, LiveText.Cyan);
        line.Add(epoch);
        return line.Length + whole.Length <= width ? line.Add(whole) : line.AddIfRoom(width, brief);
    }

    private static string Figures(RunningTrial running, string accuracy) => running.Latest is { } latest
        ? $"  loss {Figure(latest.Train.Loss)}  {accuracy} {Figure(latest.Validation.Accuracy)}"
        : new string(' ', "  loss 0.0000   0.0000".Length + accuracy.Length);

    private static LiveText Best(SweepProgress progress, int width)
    {
        if (progress.Best is not { } best) return new LiveText().Add("  no trial finished yet", LiveText.Dim);
        var line = new LiveText().Add("  best  ", LiveText.Dim).Add(best.Spec.Id.ToString(), LiveText.BoldGreen).Add($"  {ProgressText.Best(best)}");
        foreach (var name in progress.Varied) line.AddIfRoom(width, $"  {name} {Short(best.Spec.Parameters[name])}", LiveText.Dim);
        return line;
    }

    private static string NameOf(RunningTrial running) =>
        running.Lease.Attempt == 1 ? running.Lease.Trial.ToString() : $"{running.Lease.Trial} attempt {running.Lease.Attempt}";

    // A node of one slot needs no number.
    private static string NameOf(SlotProgress slot, SweepProgress progress) =>
        progress.Slots.Count(other => other.Node == slot.Node) == 1 ? slot.Node.Name : $"{slot.Node.Name} slot {slot.Number}";

    private static int Widest(IEnumerable<string> texts) => texts.Select(LiveText.Cells).DefaultIfEmpty().Max();
}
