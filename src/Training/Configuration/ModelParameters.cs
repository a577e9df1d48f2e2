using FashionSweep.Shared.Parameters;
using FashionSweep.Shared.Trials;
using FashionSweep.Training.Models;

namespace FashionSweep.Training.Configuration;

/// <summary>The hyperparameters that decide what a trial trains.</summary>
internal static class ModelParameters
{
    private static readonly ParameterGroup Group = new("model");

    private static readonly Beside OfDenseLayers = new("model", "mlp", "vgg");
    private static readonly Beside OfStages = new("model", "vgg", "resnet");
    private static readonly Beside HiddenIsGiven = new("hidden");

    public static Hyperparameter<string> Model { get; } = Group.Text(
        "model",
        new ValueRule.OneOf([new("mlp", ModelWords.Mlp), new("cnn", "conv", "conv_net", "convolutional"), "vgg", "resnet"])
        {
            Absent = ModelWords.AbsentModels,
            More = ", or a model of your own, which comes with --plugin or lies in a folder plugins beside the file",
        },
        "kind of model; cnn takes its layers from the list of that name, and is the default where there is one") with
    {
        Default = ParameterDefault.Of("mlp").But("cnn", "layers"),
        OtherNames =
        [
            "architecture", "arch", "model_type", "model_name", "net", "network", "network_type", "backbone", "model_class", "arch_name",
            "model_arch", "model_architecture", "nn_type", "net_type", "architecture_name",
        ],
    };

    public static Hyperparameter<IReadOnlyList<int>> Hidden { get; } = Group.List(
        "hidden", new ValueRule.WholeNumber(1, 65536), 64, "units of each hidden dense layer of mlp and vgg, as [128, 64]; instead of depth and width",
        unit => (int)((ParameterValue.Whole)unit).Value) with
    {
        MattersBeside = OfDenseLayers,
        ItemNames =
        [
            "layer_#_size", "layer_#", "layer_#_units", "layer_#_neurons", "layer_#_nodes", "layer_#_dim", "layer_#_width", "layer_size_#", "layer_units_#",
            "size_layer_#", "hidden_#", "hidden_size_#", "hidden_#_size", "hidden_#_units", "hidden_units_#", "hidden_dim_#", "hidden_layer_#",
            "hidden_layer_#_size",
            "hidden_layer_#_units", "hidden_layer_size_#", "hidden_layer_units_#", "n_hidden_#", "num_hidden_#", "size_hidden_#", "hidden_nodes_#",
            "hidden_neurons_#", "fc_#", "fc_#_size", "fc_#_units", "fc_#_dim", "fc_size_#", "fc_units_#", "fc_layer_#", "fc_layer_#_size", "fc_layer_size_#",
            "dense_#", "dense_#_units", "dense_#_size", "dense_units_#", "dense_layer_#", "dense_size_#", "linear_#", "linear_#_size", "units_#", "n_units_l#",
            "n_units_#", "units_layer_#", "num_units_#", "neurons_#", "num_neurons_#", "n_neurons_#", "neurons_layer_#", "nodes_#", "n_nodes_#",
            "width_#", "hl_#", "h_#",
        ],
    };

    public static Hyperparameter<int> Depth { get; } = Group.Whole("depth", 0, 64, "number of hidden dense layers; 0 makes an mlp a logistic regression") with
    {
        Default = ParameterDefault.Of(2L) with { NoneBeside = HiddenIsGiven },
        OtherNames =
        [
            "num_layers", "n_layers", "number_of_layers", "no_of_layers", "num_hidden", "n_hidden", "num_hidden_layers", "n_hidden_layers",
            "hidden_layers", "number_of_hidden_layers", "no_of_hidden_layers", "no_hidden_layers", "num_hl", "nhl", "number_hidden_layers",
            "nb_layers", "nb_hidden_layers", "n_layer", "num_layer", "layer_count", "layers_count", "hidden_layer_count", "hidden_layers_count",
            "num_of_layers", "num_of_hidden_layers", "n_hidden_layer", "num_hidden_layer", "no_of_hidden_layer", "no_layers", "number_layers",
            "hidden_depth", "mlp_depth", "mlp_layers", "num_dense_layers", "n_dense_layers", "number_dense_layers", "num_fc_layers", "n_fc_layers",
            "fc_layers", "dense_layers", "num_linear_layers", "num_hiddens", "hidden_num", "hidden_count", "network_depth", "hidden_layer",
            "hidden_layer_number", "model_depth", "n_hiddens", "depth_of_network", "hlayers", "num_mlp_layers", "num_hidden_fc_layers",
        ],
        MattersBeside = OfDenseLayers,
        ListsMean = "hidden",
    };

    public static Hyperparameter<int> Width { get; } = Group.Whole("width", 1, 65536, "units of each hidden dense layer") with
    {
        Default = ParameterDefault.Of(128L) with { NoneBeside = HiddenIsGiven },
        OtherNames =
        [
            "fc_layer_size", "fc_size", "hidden_size", "hidden_layer_size", "hidden_layers_size", "layer_size", "num_neurons", "n_neurons",
            "neurons", "neurons_per_layer", "hidden_neurons", "hidden_units", "num_hidden_units", "num_units", "n_units", "units", "dense_units",
            "hidden_nodes", "num_nodes", "hidden_dim", "size_hidden_layer", "size_of_hidden_layer", "sz", "size_hidden_layers",
            "size_of_hidden_layers", "size_hidden", "hidden_layer_dim", "hidden_layer_width", "hidden_layer_units", "hidden_layer_neurons",
            "layer_width", "layer_dim", "layer_units", "n_hidden_units", "number_of_neurons", "number_neurons", "no_of_neurons", "no_neurons",
            "num_neurons_per_layer", "neurons_per_hidden_layer", "nodes", "n_nodes", "nodes_per_layer", "units_per_layer", "hidden_sizes",
            "hidden_dims", "hidden_width", "hidden_features", "hidden_layer_nodes", "fc_units", "fc_dim", "fc_dims", "fc_hidden", "fc_hidden_size",
            "fc_hidden_units", "fc_layer_sizes", "fc_width", "fc_neurons", "fc_nodes", "dense_size", "dense_layer_size", "dense_layer_units",
            "dense_dim", "dense_neurons", "dense_nodes", "dense_width", "linear_size", "linear_dim", "linear_units", "mlp_dim", "mlp_hidden",
            "mlp_hidden_size", "mlp_hidden_dim", "mlp_width", "mlp_units", "hls", "hl_size", "hsize", "h_dim", "hid_size", "hid_dim", "n_hid", "n_h",
            "hidden_layer_sizes", "layer_sizes", "layers_size", "layers_sizes", "size_layers", "size_layer", "layer_dims", "num_hidden_neurons",
            "n_hidden_neurons", "number_of_hidden_units", "number_of_units", "number_of_nodes", "no_of_nodes", "no_of_units", "size_hl",
            "hidden_neuron", "hidden_unit", "neuron", "num_hidden_nodes", "n_neurons_per_layer", "hidden_dimension", "hidden_dimensions",
            "model_dim", "model_width", "num_hidden_dims", "hidden_layer_sz", "sz_hidden", "hiddensz", "num_nodes_per_layer", "units_hidden",
            "neurons_hidden", "layer_neurons", "layer_nodes", "fcl_size", "dense", "number_of_neurons_per_layer", "number_of_neurons_per_hidden_layer",
            "num_neurons_per_hidden_layer", "no_of_neurons_per_layer", "number_of_units_per_layer", "number_of_nodes_per_layer",
            "num_units_per_layer",
        ],
        MattersBeside = OfDenseLayers,
        ListsMean = "hidden",
        OneListIsMeant = true,
        MattersWhere = "depth > 0",
    };

    public static Hyperparameter<IReadOnlyList<string>> Layers { get; } = Group.List(
        "layers", TextRules.Layer, 256, "hidden layers of a cnn, each a text such as conv 32 3x3", layer => layer.ToString()) with
    {
        MattersBeside = new("model", "cnn"),
        ListsMean = "hidden",
        OneListIsMeant = true,
        NumbersMean = "depth",
    };

    public static Hyperparameter<int> Stages { get; } = Group.Whole("stages", 1, 5, "of vgg and resnet: parts that work at the same image size") with
    {
        Default = ParameterDefault.Of(3L),
        MattersBeside = OfStages,
        OtherNames = ["num_stages", "n_stages"],
    };

    public static Hyperparameter<int> Blocks { get; } = Group.Whole(
        "blocks", 1, 32, "of vgg and resnet: convolutions or residual blocks in each stage") with
    {
        Default = ParameterDefault.Of(2L),
        MattersBeside = OfStages,
        OtherNames = ["num_blocks", "n_blocks", "blocks_per_stage", "layers_per_stage"],
    };

    public static Hyperparameter<int> Filters { get; } = Group.Whole(
        "filters", 1, 1024, "of vgg and resnet: filters of the first stage; each further stage has twice as many") with
    {
        Default = ParameterDefault.Of(16L),
        OtherNames =
        [
            "num_filters", "n_filters", "base_filters", "base_channels", "init_filters", "start_filters", "initial_filters", "first_filters",
            "nb_filters", "filters_base",
        ],
        MattersBeside = OfStages,
    };

    public static Hyperparameter<bool> BatchNorm { get; } = Group.Flag(
        "batch_norm", "normalise behind each convolution and dense layer of mlp and vgg; a resnet always does") with
    {
        Default = ParameterDefault.Of(false),
        OtherNames =
        [
            "batch_normalization", "batch_normalisation", "use_batch_norm", "bn", "use_bn", "with_bn", "batch_norm_enabled",
            "use_batch_normalization", "batch_normalize", "apply_batch_norm", "bnorm", "is_batch_norm", "with_batch_norm",
        ],
        MattersBeside = OfDenseLayers,
        Off = false,
        MattersWhere = "model = vgg or depth > 0 or len(hidden) > 0",
    };

    public static Hyperparameter<Activation> Activation { get; } = Group.Choice<Activation>(
        "activation",
        [
            (new("identity", "linear", "none", "no", "no_activation"), Models.Activation.Identity),
            (new("relu", "rectified_linear", "rectifier", "rectified_linear_unit"), Models.Activation.Relu),
            (new("leaky_relu", "lrelu"), Models.Activation.LeakyRelu),
            ("elu", Models.Activation.Elu),
            ("gelu", Models.Activation.Gelu),
            (new("silu", "swish"), Models.Activation.Silu),
            (new("sigmoid", "logistic", "sigm"), Models.Activation.Sigmoid),
            (new("tanh", "hyperbolic_tangent"), Models.Activation.Tanh),
        ],
        "of every hidden layer",
        ModelWords.AbsentActivations) with
    {
        Default = ParameterDefault.Of("relu"),
        OtherNames =
        [
            "activation_func", "activation_function", "activation_fn", "activations", "fc_activation", "hidden_activation", "nonlinearity", "act",
            "act_fn", "act_func", "activation_name", "activ", "activ_func", "activation_type", "hidden_activations", "activation_functions",
            "hidden_act", "act_function", "layer_activation", "activation_hidden", "transfer_function", "hidden_layer_activation",
            "hidden_layer_activations", "activation_layer", "dense_activation", "fc_act", "activate_fn", "activate_func", "activation_method",
            "nonlinearities", "mlp_activation", "acti", "activation_f", "func_activation", "function_activation", "hidden_activation_function",
            "hidden_activation_fn",
        ],
        Off = "identity",
        MattersWhere = "model != mlp or depth > 0 or len(hidden) > 0",
    };

    public static Hyperparameter<Initialization> WeightInit { get; } = Group.Choice<Initialization>(
        "weight_init",
        [
            (new("pytorch", "default", "torch"), Initialization.PyTorch),
            ("keras", Initialization.Keras),
            (new("glorot_uniform", ModelWords.Xavier), Initialization.GlorotUniform),
            (new("glorot_normal", "xavier_normal", "xavier_gaussian", "xaviernormal_init"), Initialization.GlorotNormal),
            (new("he_uniform", "kaiming_uniform", "he_uniform_init"), Initialization.HeUniform),
            (new("he_normal", ModelWords.He), Initialization.HeNormal),
            (new("normal", ModelWords.Random) { Remark = "of deviation 0.05" }, Initialization.Normal),
        ],
        "how weights begin: by the defaults of PyTorch or Keras, or by a rule",
        ModelWords.AbsentInitializations) with
    {
        Default = ParameterDefault.Of("pytorch"),
        OtherNames =
        [
            "weight_initialization", "weight_initialisation", "weight_initializer", "weight_initialiser", "weights_init", "weights_initialization",
            "weight_initialization_method", "weight_init_method", "initializer", "initialiser", "initialization", "initialisation",
            "kernel_initializer", "init", "init_method", "init_type", "w_i", "init_strategy", "weights_initializer", "weights_initialiser",
            "weights_initialisation", "initialization_method", "initialisation_method", "init_mode", "init_weights", "w_init",
            "weight_initialisation_method", "initialization_type", "initialisation_type", "initializer_type", "weight_init_type", "kernel_init",
            "param_init", "parameter_init", "init_scheme", "initialization_strategy", "initialisation_strategy", "weight_initialization_type",
            "weight_initialization_strategy", "initial_weights", "initialization_technique", "weight_initializer_type", "init_weight",
            "weight_init_strategy", "init_func", "init_fn", "init_name", "weight_ini", "weights_ini", "weights_init_method", "initialize_weights",
            "initializers", "weight_initialize", "wt_init", "wt_initialization", "initialize", "initializer_name", "weight_initilization",
            "weight_intialization", "weights_initializer_type", "w_initialization", "weight_init_scheme", "init_algo", "init_technique",
            "weight_initialization_technique",
        ],
        Off = "pytorch",
        MattersWhere = "start_from = none",
    };

    public static Hyperparameter<string> StartFrom { get; } = Group.Text(
        "start_from", TextRules.CheckpointName,
        "first weights from a finished trial, such as quickstart/10, or a .safetensors file, of a model of the same layers") with
    {
        Default = ParameterDefault.Of("none"),
        Off = "none",
    };

    public static Hyperparameter<int> Freeze { get; } = Group.Whole(
        "freeze", 0, 1000, "so many layers with weights, from the first on, keep what they start with") with
    {
        Default = ParameterDefault.Of(0L),
        OtherNames =
        [
            "freeze_layers", "num_frozen_layers", "n_frozen_layers", "no_layers_to_freeze", "layers_to_freeze", "num_freeze", "freeze_first",
        ],
        Off = 0L,
    };

    public static Hyperparameter<double> Dropout { get; } = Group.Number(
        "dropout", NumberRules.ShareBelowAll, "share of the hidden dense units dropped in each training step; a cnn lists its own") with
    {
        Default = ParameterDefault.Of(0.0),
        OtherNames =
        [
            "dropout_rate", "dropout_prob", "dropout_probability", "drop_prob", "drop_rate", "p_dropout", "dropout_p", "p_drop", "drop",
            "dropout_ratio", "dropout_val", "dropout_value", "fc_dropout", "fc_dropout_rate", "dense_dropout", "hidden_dropout",
            "hidden_dropout_prob", "linear_dropout", "mlp_dropout", "dropout_fc", "dropout_dense", "dropout_hidden", "dropout_fraction", "dropouts",
            "dr_rate", "dropout_percent",
        ],
        MattersBeside = new("model", "mlp", "vgg", "resnet"),
        Off = 0.0,
        MattersWhere = "model = resnet or depth > 0 or len(hidden) > 0",
    };

    public static IReadOnlyList<Hyperparameter> All { get; } =
    [
        Model, Hidden, Depth, Width, Layers, Stages, Blocks, Filters, BatchNorm, Activation, WeightInit, StartFrom, Freeze, Dropout,
    ];
}
