using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Models;
using FashionSweep.Training.Networks;

namespace FashionSweep.Training.Configuration;

/// <summary>The hyperparameters that decide what a trial trains.</summary>
internal static class ModelParameters
{
    private static readonly ParameterGroup Group = new("model");

    private static readonly Beside OfDenseLayers = new("model", "mlp", "vgg");
    private static readonly Beside OfStages = new("model", "vgg", "resnet");
    private static readonly Beside HiddenIsGiven = new("hidden");

    public static Hyperparameter<string> Model { get; } = Group.OneOf(
        "model", [new("mlp", "fc", "ffn", "feedforward", "dense"), "cnn", "vgg", "resnet"],
        "kind of model; cnn takes its layers from the list of that name, and is the default where there is one") with
    {
        Default = ParameterDefault.Of("mlp").But("cnn", "layers"),
        OtherNames = ["architecture", "arch", "model_type", "model_name"],
    };

    public static Hyperparameter<IReadOnlyList<int>> Hidden { get; } = Group.List(
        "hidden", new ValueRule.WholeNumber(1, 65536), 64, "units of each hidden dense layer of mlp and vgg, as [128, 64]; instead of depth and width",
        unit => (int)((ParameterValue.Whole)unit).Value) with
    {
        MattersBeside = OfDenseLayers,
    };

    public static Hyperparameter<int> Depth { get; } = Group.Whole("depth", 0, 64, "number of hidden dense layers; 0 makes an mlp a logistic regression") with
    {
        Default = ParameterDefault.Of(2L) with { NoneBeside = HiddenIsGiven },
        OtherNames =
        [
            "num_layers", "n_layers", "number_of_layers", "no_of_layers", "num_hidden", "n_hidden", "num_hidden_layers", "n_hidden_layers",
            "hidden_layers", "number_of_hidden_layers", "no_of_hidden_layers", "no_hidden_layers", "num_hl", "nhl",
        ],
        MattersBeside = OfDenseLayers,
    };

    public static Hyperparameter<int> Width { get; } = Group.Whole("width", 1, 65536, "units of each hidden dense layer") with
    {
        Default = ParameterDefault.Of(128L) with { NoneBeside = HiddenIsGiven },
        OtherNames =
        [
            "fc_layer_size", "fc_size", "hidden_size", "hidden_layer_size", "hidden_layers_size", "layer_size", "num_neurons", "n_neurons", "neurons",
            "neurons_per_layer", "hidden_neurons", "hidden_units", "num_hidden_units", "num_units", "n_units", "units", "dense_units", "hidden_nodes",
            "num_nodes", "hidden_dim", "size_hidden_layer", "size_of_hidden_layer", "sz",
        ],
        MattersBeside = OfDenseLayers,
        MattersWhere = "depth > 0",
    };

    public static Hyperparameter<IReadOnlyList<string>> Layers { get; } = Group.List(
        "layers", TextRules.Layer, 256, "hidden layers of a cnn, each a text such as conv 32 3x3", layer => layer.ToString()) with
    {
        MattersBeside = new("model", "cnn"),
    };

    public static Hyperparameter<int> Stages { get; } = Group.Whole("stages", 1, 5, "of vgg and resnet: parts that work at the same image size") with
    {
        Default = ParameterDefault.Of(3L),
        MattersBeside = OfStages,
    };

    public static Hyperparameter<int> Blocks { get; } = Group.Whole(
        "blocks", 1, 32, "of vgg and resnet: convolutions or residual blocks in each stage") with
    {
        Default = ParameterDefault.Of(2L),
        MattersBeside = OfStages,
    };

    public static Hyperparameter<int> Filters { get; } = Group.Whole(
        "filters", 1, 1024, "of vgg and resnet: filters of the first stage; each further stage has twice as many") with
    {
        Default = ParameterDefault.Of(16L),
        OtherNames = ["num_filters", "n_filters", "base_filters"],
        MattersBeside = OfStages,
    };

    public static Hyperparameter<bool> BatchNorm { get; } = Group.Flag(
        "batch_norm", "normalise behind each convolution and dense layer of mlp and vgg; a resnet always does") with
    {
        Default = ParameterDefault.Of(false),
        OtherNames = ["batch_normalization", "batch_normalisation", "use_batch_norm", "bn"],
        MattersBeside = OfDenseLayers,
        MattersWhere = "model = vgg or depth > 0 or len(hidden) > 0",
    };

    public static Hyperparameter<Activation> Activation { get; } = Group.Choice<Activation>(
        "activation",
        [
            (new("identity", "linear"), Models.Activation.Identity),
            ("relu", Models.Activation.Relu),
            ("leaky_relu", Models.Activation.LeakyRelu),
            ("elu", Models.Activation.Elu),
            ("gelu", Models.Activation.Gelu),
            (new("silu", "swish"), Models.Activation.Silu),
            (new("sigmoid", "logistic"), Models.Activation.Sigmoid),
            ("tanh", Models.Activation.Tanh),
        ],
        "of every hidden layer") with
    {
        Default = ParameterDefault.Of("relu"),
        OtherNames =
        [
            "activation_func", "activation_function", "activation_fn", "activations", "fc_activation", "hidden_activation", "nonlinearity", "act",
            "act_fn", "act_func",
        ],
        MattersWhere = "model != mlp or depth > 0 or len(hidden) > 0",
    };

    public static Hyperparameter<Initialization> WeightInit { get; } = Group.Choice<Initialization>(
        "weight_init",
        [
            (new("pytorch", "default"), Initialization.PyTorch),
            ("keras", Initialization.Keras),
            (new("glorot_uniform", "xavier", "glorot", "xavier_uniform"), Initialization.GlorotUniform),
            (new("glorot_normal", "xavier_normal"), Initialization.GlorotNormal),
            (new("he_uniform", "kaiming_uniform"), Initialization.HeUniform),
            (new("he_normal", "he", "kaiming", "kaiming_normal"), Initialization.HeNormal),
            (new("normal", "random", "random_normal", "gaussian") { Remark = "of deviation 0.05" }, Initialization.Normal),
        ],
        "how weights begin: by the defaults of PyTorch or Keras, or by a rule") with
    {
        Default = ParameterDefault.Of("pytorch"),
        OtherNames =
        [
            "weight_initialization", "weight_initialisation", "weight_initializer", "weight_initialiser", "weights_init", "weights_initialization",
            "weight_initialization_method", "weight_init_method", "initializer", "initialiser", "initialization", "initialisation",
            "kernel_initializer", "init", "init_method", "init_type", "w_i",
        ],
        MattersWhere = "start_from = none",
    };

    public static Hyperparameter<string> StartFrom { get; } = Group.Text(
        "start_from", TextRules.CheckpointName,
        "first weights from a finished trial, such as quickstart/10, or a .safetensors file, of a model of the same layers") with
    {
        Default = ParameterDefault.Of("none"),
    };

    public static Hyperparameter<int> Freeze { get; } = Group.Whole(
        "freeze", 0, 1000, "so many layers with weights, from the first on, keep what they start with") with
    {
        Default = ParameterDefault.Of(0L),
    };

    public static Hyperparameter<double> Dropout { get; } = Group.Number(
        "dropout", NumberRules.ShareBelowAll, "share of the hidden dense units dropped in each training step; a cnn lists its own") with
    {
        Default = ParameterDefault.Of(0.0),
        OtherNames = ["dropout_rate", "dropout_prob", "dropout_probability", "drop_prob", "drop_rate", "p_dropout", "dropout_p"],
        MattersBeside = new("model", "mlp", "vgg", "resnet"),
        MattersWhere = "model = resnet or depth > 0 or len(hidden) > 0",
    };

    public static IReadOnlyList<Hyperparameter> All { get; } =
    [
        Model, Hidden, Depth, Width, Layers, Stages, Blocks, Filters, BatchNorm, Activation, WeightInit, StartFrom, Freeze, Dropout,
    ];
}
