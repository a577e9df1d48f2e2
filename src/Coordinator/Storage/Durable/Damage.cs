namespace FashionSweep.Coordinator.Storage.Durable;

/// <summary>What is said of files that are not as they were left.</summary>
internal static class Damage
{
    public const string PutBack = "put the right one back, or choose another folder with --store DIR";

    private const string Advice = "restore the store from a backup, or choose another folder with --store DIR";

    public static string At(string name, long offset) => $"{name}: is damaged at byte {offset}: {Advice}";

    public static string CutOff(string name) => $"{name}: a part of it is missing: {Advice}";
}
