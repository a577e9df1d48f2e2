using FashionSweep.Shared.Protocol;

namespace FashionSweep.Coordinator.Machine;

/// <summary>What a node says in its own words, as it may be stored and shown.</summary>
internal static class NodeWords
{
    /// <summary>In letters: an error that fills a page says no more than its beginning.</summary>
    public const int Longest = 2000;

    /// <summary>As <see cref="ShownText"/>, and cut where it is too long.</summary>
    public static string Shown(string said) => ShownText.Of(said.Length <= Longest ? said : $"{said.AsSpan(0, Longest)}…");
}
