namespace FashionSweep.Search.Sweeps.Yaml;

/// <summary>What YAML 1.1 took for truth values and 1.2 doesn't: W&amp;B reads files by 1.1.</summary>
internal static class Yaml11
{
    private static readonly string[] True = ["yes", "Yes", "YES", "on", "On", "ON"];
    private static readonly string[] False = ["no", "No", "NO", "off", "Off", "OFF"];

    /// <returns>Null where it is no truth value of YAML 1.1 alone.</returns>
    public static bool? Truth(string text) => True.Contains(text) ? true : False.Contains(text) ? false : null;
}
