using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Anlan.Cameras.Worker.Models;

/// <summary>Builds a model in the form of ONNX (opset 13): operations in order, constants, inputs and outputs of single-precision numbers.</summary>
internal sealed class OnnxGraph
{
    private const int IrVersion = 8;
    private const int Opset = 13;
    private const int FloatNumbers = 1;
    private const int LongNumbers = 7;
    private readonly ProtoMessage _graph = new();
    private readonly List<ProtoMessage> _constants = [];
    private readonly List<ProtoMessage> _inputs = [];
    private readonly List<ProtoMessage> _outputs = [];
    private int _names;

    /// <summary>Declares an input.</summary>
    public void Input(string name, int[] shape) => _inputs.Add(Value(name, shape));

    /// <summary>Declares an output.</summary>
    public void Output(string name, int[] shape) => _outputs.Add(Value(name, shape));

    /// <summary>A constant of numbers; its name.</summary>
    public string Constant(int[] shape, float[] numbers) => Constant(shape, FloatNumbers, MemoryMarshal.AsBytes<float>(numbers));

    /// <summary>A constant list of whole numbers; its name.</summary>
    public string Constant(params long[] wholes) => Constant([wholes.Length], LongNumbers, MemoryMarshal.AsBytes<long>(wholes));

    /// <summary>An operation; the name of what it yields.</summary>
    /// <param name="op">Operation, as ONNX calls it.</param>
    /// <param name="inputs">Names of what it reads.</param>
    /// <param name="attributes">Names with a number, a whole number, whole numbers or a text.</param>
    public string Add(string op, IEnumerable<string> inputs, params ReadOnlySpan<(string Name, object Value)> attributes) => Add(op, inputs, Fresh(op), attributes);

    /// <summary>An operation whose yield has a given name.</summary>
    public string Add(string op, IEnumerable<string> inputs, string output, params ReadOnlySpan<(string Name, object Value)> attributes)
    {
        var node = new ProtoMessage();
        foreach (var input in inputs) node.Text(1, input);
        node.Text(2, output).Text(3, output).Text(4, op);
        foreach (var (name, value) in attributes) node.Message(5, Attribute(name, value));
        _graph.Message(1, node);
        return output;
    }

    /// <summary>The model as a file holds it.</summary>
    public byte[] ToBytes()
    {
        var graph = new ProtoMessage().Raw(_graph).Text(2, "anlan");
        _constants.ForEach(constant => graph.Message(5, constant));
        _inputs.ForEach(input => graph.Message(11, input));
        _outputs.ForEach(output => graph.Message(12, output));
        return new ProtoMessage().Whole(1, IrVersion).Text(2, "anlan").Message(7, graph).Message(8, new ProtoMessage().Text(1, "").Whole(2, Opset)).ToBytes();
    }

    private string Fresh(string hint) => string.Create(CultureInfo.InvariantCulture, $"{hint}_{_names++}");

    private string Constant(int[] shape, int kind, ReadOnlySpan<byte> bytes)
    {
        var name = Fresh("constant");
        var tensor = new ProtoMessage();
        foreach (var size in shape) tensor.Whole(1, size);
        _constants.Add(tensor.Whole(2, kind).Text(8, name).Bytes(9, bytes));
        return name;
    }

    private static ProtoMessage Attribute(string name, object value)
    {
        var attribute = new ProtoMessage().Text(1, name);
        switch (value)
        {
            case float number: return attribute.Number(2, number).Whole(20, 1);
            case int whole: return attribute.Whole(3, whole).Whole(20, 2);
            case string text: return attribute.Text(4, text).Whole(20, 3);
            case int[] wholes:
                foreach (var whole in wholes) attribute.Whole(8, whole);
                return attribute.Whole(20, 7);
            default: throw new ArgumentException($"No attribute can be {value.GetType().Name}.", nameof(value));
        }
    }

    private static ProtoMessage Value(string name, int[] shape)
    {
        var dimensions = new ProtoMessage();
        foreach (var size in shape) dimensions.Message(1, new ProtoMessage().Whole(1, size));
        return new ProtoMessage().Text(1, name).Message(2, new ProtoMessage().Message(1, new ProtoMessage().Whole(1, FloatNumbers).Message(2, dimensions)));
    }
}
