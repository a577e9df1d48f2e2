using System.Globalization;
using FashionSweep.Shared.Protocol;

namespace FashionSweep.Shared.Links;

/// <summary>What a node's word may be, beyond its form: see <see cref="NewsRules"/>.</summary>
internal static class WordRules
{
    private const int LongestName = 128;

    /// <returns>Null where there is none.</returns>
    public static string? FindFault(NodeWord word)
    {
        if (!IsName(word.Node.Name) || !IsName(word.Process))
            return string.Create(CultureInfo.InvariantCulture, $"A node's name must have 1 to {LongestName} letters that a terminal shows.");
        return word is NodeWord.News { Messages: var messages }
            ? messages.Select(message => message is null ? "A message is null." : NewsRules.FindFault(message)).FirstOrDefault(fault => fault is not null)
            : null;
    }

    private static bool IsName(string? name) => name is { Length: > 0 and <= LongestName } && name.All(ShownText.IsShown);
}
