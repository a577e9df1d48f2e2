using System.Text;
using System.Text.Encodings.Web;
using System.Text.Unicode;

namespace FashionSweep.Coordinator.Results;

/// <summary>Writes HTML. Every text and every attribute is escaped: what users wrote stays text.</summary>
internal sealed class HtmlWriter
{
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(UnicodeRanges.All);

    private readonly StringBuilder _text = new();

    public HtmlWriter Open(string tag, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        _text.Append('<').Append(tag);
        foreach (var (name, value) in attributes)
            if (value is not null) _text.Append(' ').Append(name).Append("=\"").Append(Encoder.Encode(value)).Append('"');
        _text.Append('>');
        return this;
    }

    public HtmlWriter Close(string tag)
    {
        _text.Append("</").Append(tag).Append(">\n");
        return this;
    }

    public HtmlWriter Text(string text)
    {
        _text.Append(Encoder.Encode(text));
        return this;
    }

    public HtmlWriter Element(string tag, string text, params ReadOnlySpan<(string Name, string? Value)> attributes)
    {
        Open(tag, attributes).Text(text);
        _text.Append("</").Append(tag).Append('>');
        return this;
    }

    /// <summary>What may be wider than the screen: it scrolls by itself, by the keyboard as well.</summary>
    /// <param name="label">What it is.</param>
    public HtmlWriter OpenWide(string label) => Open("div", ("class", "wide"), ("tabindex", "0"), ("role", "region"), ("aria-label", label));

    /// <summary>What is our own: style and script.</summary>
    public HtmlWriter Own(string markup)
    {
        _text.Append(markup);
        return this;
    }

    public override string ToString() => _text.ToString();
}
