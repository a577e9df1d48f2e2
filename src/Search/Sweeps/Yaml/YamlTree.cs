using FashionSweep.Search.Names;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace FashionSweep.Search.Sweeps.Yaml;

/// <summary>Reads the one document of a sweep file, with the place of everything in it.</summary>
internal sealed class YamlTree
{
    // Nothing in a sweep file is deeper than 6; the limit bounds the stack, and the scanner's time, on hostile input.
    private const int MaxDepth = 16;

    private readonly string _text;
    private readonly Parser _parser;
    private readonly FaultLog _faults;
    private readonly Stack<Position> _openBrackets = [];
    private readonly YamlAnchors _anchors = new();
    private long _behindLast;

    private YamlTree(string text, FaultLog faults)
    {
        _text = text;
        _parser = new Parser(new StringReader(text));
        _faults = faults;
    }

    /// <returns>Null where the text isn't YAML or holds nothing; the log then says why.</returns>
    public static YamlValue? Read(string text, FaultLog faults)
    {
        // Some editors begin a file with a mark of its byte order.
        var tree = new YamlTree(text.TrimStart('\uFEFF'), faults);
        try
        {
            return tree.ReadDocument();
        }
        catch (DepthException fault)
        {
            faults.Add(fault.At, $"this is nested more than {MaxDepth} levels deep; a sweep file needs at most 6");
        }
        catch (YamlException fault)
        {
            var (at, message) = new YamlSyntax(text).Explain(fault, tree.OpenBracket);
            faults.Add(at, message);
        }
        // YamlDotNet 18.1 throws this instead of its own exception where a bracket stays open before a new key.
        catch (InvalidOperationException)
        {
            faults.Add(tree.OpenBracket ?? tree.BehindCurrent, YamlSyntax.BracketStaysOpen);
        }
        // And this where a tag is no URI.
        catch (ArgumentException)
        {
            faults.Add(tree.BehindCurrent, YamlSyntax.NoTags);
        }
        return null;
    }

    private Position? OpenBracket => _openBrackets.TryPeek(out var at) ? at : null;

    private Position BehindCurrent => _parser.Current is { } current ? new Position((int)current.End.Line, (int)current.End.Column) : new Position(1, 1);

    private YamlValue? ReadDocument()
    {
        Take<StreamStart>();
        if (_parser.Accept<StreamEnd>(out _))
        {
            _faults.Add(new Position(1, 1), "the file is empty; a sweep needs method and parameters");
            return null;
        }
        Take<DocumentStart>();
        var root = ReadValue(0);
        Take<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second)) _faults.Add(At(second), "a second document starts here; a sweep file holds one");
        return root;
    }

    private YamlValue ReadValue(int depth)
    {
        if (depth > MaxDepth) throw new DepthException(At(_parser.Current!));
        if (_parser.TryConsume<AnchorAlias>(out var alias)) return ReadAlias(alias, depth);
        // YamlDotNet 18.1 ends a mapping behind a key without a value where text follows a bracket, as in `a: [1]*b`.
        var node = _parser.Current as NodeEvent ?? throw new SemanticErrorException(_parser.Current!.Start, _parser.Current.End, "did not find expected key");
        YamlValue value = node switch
        {
            Scalar => ReadScalar(),
            SequenceStart => ReadSequence(depth),
            _ => ReadMapping(depth),
        };
        if (!node.Tag.IsEmpty && !node.Tag.IsNonSpecific) return Refuse(node, YamlSyntax.NoTags);
        if (!node.Anchor.IsEmpty) _anchors.Set(node.Anchor.Value, value);
        return value;
    }

    private YamlValue ReadAlias(AnchorAlias alias, int depth)
    {
        _behindLast = alias.End.Index;
        if (_anchors.Find(alias.Value.Value) is not { } value)
            return Refuse(alias, $"no anchor of this name stands before it: write &{Printable.Short(alias.Value.Value)} before the value that is meant");
        if (!_anchors.Take(value))
            return Refuse(alias, $"the file's aliases stand for more than {YamlAnchors.MostValues} values: write the values out");
        return depth + _anchors.DepthOf(value) > MaxDepth ? throw new DepthException(At(alias)) : value;
    }

    private YamlValue.Scalar ReadScalar()
    {
        var scalar = Take<Scalar>();
        return new YamlValue.Scalar(At(scalar), scalar.Value, scalar.Style == ScalarStyle.Plain);
    }

    private YamlValue.Sequence ReadSequence(int depth)
    {
        var start = _parser.Require<SequenceStart>();
        var items = new List<YamlValue>();
        Enter(start, start.Style == SequenceStyle.Flow);
        while (!_parser.Accept<SequenceEnd>(out _)) items.Add(ReadValue(depth + 1));
        Leave(start.Style == SequenceStyle.Flow);
        return new YamlValue.Sequence(At(start), items);
    }

    private YamlValue.Mapping ReadMapping(int depth)
    {
        var start = _parser.Require<MappingStart>();
        var entries = new OrderedDictionary<string, YamlEntry>();
        var merged = new List<YamlEntry>();
        Enter(start, start.Style == MappingStyle.Flow);
        while (!_parser.Accept<MappingEnd>(out _)) ReadEntry(entries, merged, depth + 1);
        Leave(start.Style == MappingStyle.Flow);
        return new YamlValue.Mapping(
            At(start), [.. merged.DistinctBy(entry => entry.Key).Where(entry => !entries.ContainsKey(entry.Key)), .. entries.Values]);
    }

    /// <param name="merged">What merge keys bring: the mapping's own keys, and of two merged ones the first, go before them.</param>
    private void ReadEntry(OrderedDictionary<string, YamlEntry> entries, List<YamlEntry> merged, int depth)
    {
        var key = ReadValue(depth);
        var (keyEnd, valueStart) = (_behindLast, _parser.Current!.Start);
        var value = ReadValue(depth);
        // YamlDotNet 18.1 takes `{"a" 1}` for `{"a": 1}`.
        if (value is YamlValue.Scalar { IsNull: false }
            && valueStart.Index > keyEnd
            && !_text.AsSpan((int)keyEnd, (int)(valueStart.Index - keyEnd)).Contains(':'))
        {
            _faults.Add(value.At, YamlSyntax.NoColon);
            value = new YamlValue.Unreadable(value.At);
        }
        if (key is YamlValue.Scalar { Plain: true, Text: "<<" }) Merge(value, merged);
        else if (key is YamlValue.Scalar name)
        {
            if (!entries.TryAdd(name.Text, new YamlEntry(name.Text, name.At, value)))
                _faults.Add(name.At, $"\"{Printable.Short(name.Text)}\" is given twice, first on line {entries[name.Text].At.Line}; a key may stand only once");
        }
        else if (key is not YamlValue.Unreadable)
            _faults.Add(key.At, $"a key is {key}, must be a word");
    }

    private void Merge(YamlValue value, List<YamlEntry> merged)
    {
        var mappings = value is YamlValue.Sequence list ? list.Items : [value];
        foreach (var other in mappings)
        {
            if (other is YamlValue.Mapping mapping) merged.AddRange(mapping.Entries);
            else if (other is not YamlValue.Unreadable) _faults.Add(other.At, $"<< merges {other}, must be a mapping, as <<: *base");
        }
    }

    private T Take<T>() where T : ParsingEvent
    {
        var taken = _parser.Consume<T>();
        _behindLast = taken.End.Index;
        return taken;
    }

    // The parser looks one event ahead, so a bracket counts as open before what follows it is looked at.
    private void Enter(ParsingEvent start, bool bracket)
    {
        if (bracket) _openBrackets.Push(At(start));
        Take<ParsingEvent>();
    }

    private void Leave(bool bracket)
    {
        if (bracket) _openBrackets.Pop();
        Take<ParsingEvent>();
    }

    private YamlValue.Unreadable Refuse(ParsingEvent found, string message)
    {
        _faults.Add(At(found), message);
        return new YamlValue.Unreadable(At(found));
    }

    private static Position At(ParsingEvent found) => new((int)found.Start.Line, (int)found.Start.Column);

    private sealed class DepthException(Position at) : Exception
    {
        public Position At => at;
    }
}
