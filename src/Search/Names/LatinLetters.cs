using System.Text;

namespace FashionSweep.Search.Names;

/// <summary>The letters of the Latin script without their accents. The program runs without Unicode's tables of decompositions, so they stand here.</summary>
internal static class LatinLetters
{
    private static readonly Dictionary<string, string> Accented = new()
    {
        ["A"] = "ÀÁÂÃÄÅĀĂĄǍǞǠǺȀȂȦḀẠẢẤẦẨẪẬẮẰẲẴẶ",
        ["a"] = "àáâãäåāăąǎǟǡǻȁȃȧḁạảấầẩẫậắằẳẵặ",
        ["B"] = "ḂḄḆ",
        ["b"] = "ḃḅḇ",
        ["C"] = "ÇĆĈĊČḈ",
        ["c"] = "çćĉċčḉ",
        ["D"] = "ĎḊḌḎḐḒ",
        ["d"] = "ďḋḍḏḑḓ",
        ["E"] = "ÈÉÊËĒĔĖĘĚȄȆȨḔḖḘḚḜẸẺẼẾỀỂỄỆ",
        ["e"] = "èéêëēĕėęěȅȇȩḕḗḙḛḝẹẻẽếềểễệ",
        ["F"] = "Ḟ",
        ["f"] = "ḟ",
        ["G"] = "ĜĞĠĢǦǴḠ",
        ["g"] = "ĝğġģǧǵḡ",
        ["H"] = "ĤȞḢḤḦḨḪ",
        ["h"] = "ĥȟḣḥḧḩḫẖ",
        ["I"] = "ÌÍÎÏĨĪĬĮİǏȈȊḬḮỈỊ",
        ["i"] = "ìíîïĩīĭįǐȉȋḭḯỉị",
        ["J"] = "Ĵ",
        ["j"] = "ĵǰ",
        ["K"] = "ĶǨḰḲḴ",
        ["k"] = "ķǩḱḳḵ",
        ["L"] = "ĹĻĽḶḸḺḼ",
        ["l"] = "ĺļľḷḹḻḽ",
        ["M"] = "ḾṀṂ",
        ["m"] = "ḿṁṃ",
        ["N"] = "ÑŃŅŇǸṄṆṈṊ",
        ["n"] = "ñńņňǹṅṇṉṋ",
        ["O"] = "ÒÓÔÕÖŌŎŐƠǑǪǬȌȎȪȬȮȰṌṎṐṒỌỎỐỒỔỖỘỚỜỞỠỢ",
        ["o"] = "òóôõöōŏőơǒǫǭȍȏȫȭȯȱṍṏṑṓọỏốồổỗộớờởỡợ",
        ["P"] = "ṔṖ",
        ["p"] = "ṕṗ",
        ["R"] = "ŔŖŘȐȒṘṚṜṞ",
        ["r"] = "ŕŗřȑȓṙṛṝṟ",
        ["S"] = "ŚŜŞŠȘṠṢṤṦṨ",
        ["s"] = "śŝşšșṡṣṥṧṩẛ",
        ["T"] = "ŢŤȚṪṬṮṰ",
        ["t"] = "ţťțṫṭṯṱẗ",
        ["U"] = "ÙÚÛÜŨŪŬŮŰŲƯǓǕǗǙǛȔȖṲṴṶṸṺỤỦỨỪỬỮỰ",
        ["u"] = "ùúûüũūŭůűųưǔǖǘǚǜȕȗṳṵṷṹṻụủứừửữự",
        ["V"] = "ṼṾ",
        ["v"] = "ṽṿ",
        ["W"] = "ŴẀẂẄẆẈ",
        ["w"] = "ŵẁẃẅẇẉẘ",
        ["X"] = "ẊẌ",
        ["x"] = "ẋẍ",
        ["Y"] = "ÝŶŸȲẎỲỴỶỸ",
        ["y"] = "ýÿŷȳẏẙỳỵỷỹ",
        ["Z"] = "ŹŻŽẐẒẔ",
        ["z"] = "źżžẑẓẕ",
    };

    // Unicode takes these apart nowhere; languages that have them write them so where they can't.
    private static readonly Dictionary<string, string> Others = new()
    {
        ["ß"] = "ss",
        ["ẞ"] = "SS",
        ["æ"] = "ae",
        ["Æ"] = "AE",
        ["œ"] = "oe",
        ["Œ"] = "OE",
        ["ø"] = "o",
        ["Ø"] = "O",
        ["ł"] = "l",
        ["Ł"] = "L",
        ["đ"] = "d",
        ["Đ"] = "D",
        ["ð"] = "d",
        ["Ð"] = "D",
        ["þ"] = "th",
        ["Þ"] = "Th",
        ["ħ"] = "h",
        ["Ħ"] = "H",
        ["ı"] = "i",
        ["ŋ"] = "n",
        ["Ŋ"] = "N",
    };

    private static readonly Dictionary<Rune, string> Plain = Accented
        .SelectMany(pair => pair.Value.EnumerateRunes(), (pair, letter) => KeyValuePair.Create(letter, pair.Key))
        .Concat(Others.Select(pair => KeyValuePair.Create(Rune.GetRuneAt(pair.Key, 0), pair.Value)))
        .ToDictionary(pair => pair.Key, pair => pair.Value);

    private const int FirstWide = 0xFF01, LastWide = 0xFF5E, WideToPlain = 0xFEE0;

    /// <summary>What the letter is in ASCII; null for one of another script. Full-width letters are those of ASCII.</summary>
    public static string? Of(Rune letter) => letter switch
    {
        { IsAscii: true } => Rune.IsLetter(letter) ? letter.ToString() : null,
        { Value: >= FirstWide and <= LastWide } => new Rune(letter.Value - WideToPlain).ToString(),
        _ => Plain.GetValueOrDefault(letter),
    };
}
