using FashionSweep.Shared.Parameters;

namespace FashionSweep.Training.Configuration;

/// <summary>What sweep files of others write for kinds of models, activations and beginnings of weights, and what of it isn't here.</summary>
internal static class ModelWords
{
    private const string ResNets = "model: resnet with stages, blocks and filters comes nearest";
    private const string Vggs = "model: vgg with stages, blocks and filters comes nearest";

    public static IReadOnlyList<string> Mlp { get; } =
    [
        "fc", "fcn", "fcnn", "ffn", "ffnn", "fnn", "feed_forward", "feedforward_nn", "feedforward_neural_network", "dense", "dnn", "ann", "nn",
        "fully_connected", "fc_net", "multi_layer_perceptron", "neural_network", "simple_nn", "simple_mlp",
    ];

    public static IReadOnlyList<string> Xavier { get; } =
    [
        "xavier", "glorot", "xavier_uniform", "xavier_init", "xavier_initialization", "xavier_initialisation", "glorot_init", "xavier_glorot", "glorot_xavier",
        "xavier_method", "xavier_weights",
    ];

    public static IReadOnlyList<string> He { get; } =
    [
        "he", "kaiming", "kaiming_normal", "he_init", "he_initialization", "he_initialisation", "kaiming_init", "kaiming_initialization", "he_kaiming",
    ];

    public static IReadOnlyList<string> Random { get; } =
    [
        "random", "random_normal", "gaussian", "rand", "randn", "random_init", "random_initialization", "random_initialisation", "random_gaussian",
        "normal_init",
        "normal_distribution", "rand_init", "random_weights",
    ];

    public static IReadOnlyList<Word> AbsentModels { get; } =
    [
        new("lenet", "lenet5", "lenet_5") { Remark = "write its layers as a list under layers" },
        new("alexnet") { Remark = "write its layers as a list under layers" },
        new("resnet9", "resnet18", "resnet20", "resnet32", "resnet34", "resnet50", "resnet56", "resnet101", "resnet110", "preact_resnet18", "wide_resnet",
            "wrn")
        {
            Remark = ResNets,
        },
        new("densenet", "densenet121", "densenet161") { Remark = ResNets },
        new("vgg11", "vgg13", "vgg16", "vgg19", "vgg_16", "vgg11_bn", "vgg16_bn") { Remark = Vggs },
        new("mobilenet", "mobilenetv2", "mobilenet_v2", "mobilenetv3", "efficientnet", "efficientnet_b0", "googlenet", "inception", "inceptionv3", "xception",
            "squeezenet", "shufflenet", "convnext")
        {
            Remark = ResNets,
        },
        new("vit", "transformer", "swin", "mlp_mixer", "deit") { Remark = "there are mlp, cnn, vgg and resnet" },
        new("rnn", "lstm", "gru", "bilstm") { Remark = "there are mlp, cnn, vgg and resnet" },
        new("svm", "random_forest", "xgboost", "xgb", "knn", "decision_tree", "naive_bayes") { Remark = "there are networks only" },
        new("logistic_regression", "logistic", "softmax_regression", "logreg") { Remark = "model: mlp with depth: 0 is one" },
        new("autoencoder", "vae", "gan", "unet", "snn") { Remark = "there are classifiers only" },
    ];

    public static IReadOnlyList<Word> AbsentActivations { get; } =
    [
        new("selu") { Remark = "elu comes nearest" },
        new("celu") { Remark = "elu comes nearest" },
        new("prelu", "p_relu", "parametric_relu", "rrelu") { Remark = "leaky_relu comes nearest" },
        new("relu6", "relu_6", "crelu", "thresholded_relu") { Remark = "relu comes nearest" },
        new("softplus", "soft_plus", "squareplus") { Remark = "relu and silu come nearest" },
        new("mish", "hard_swish", "hardswish", "hard_mish") { Remark = "silu comes nearest" },
        new("softsign", "soft_sign", "hard_tanh", "hardtanh", "tanhshrink", "arctan", "atan") { Remark = "tanh comes nearest" },
        new("hard_sigmoid", "log_sigmoid") { Remark = "sigmoid comes nearest" },
        new("softmax", "log_softmax") { Remark = "the output always has it, hidden layers never" },
        new("exponential", "exp", "sin", "sine", "cos", "step", "binary_step", "sign", "maxout", "glu", "geglu",
            "swiglu") { Remark = "there is nothing like it" },
    ];

    public static IReadOnlyList<Word> AbsentInitializations { get; } =
    [
        new("zeros", "zero", "zero_init", "zeroes", "ones", "one", "constant", "const", "same", "identity")
        {
            Remark = "all units of a layer would stay the same",
        },
        new("uniform", "random_uniform", "rand_uniform") { Remark = "glorot_uniform and he_uniform have bounds by the layer's size" },
        new("lecun", "lecun_normal", "lecun_uniform") { Remark = "glorot_normal and glorot_uniform come nearest" },
        new("orthogonal", "orthonormal", "sparse", "dirac", "truncated_normal", "trunc_normal", "variance_scaling")
        {
            Remark = "glorot_normal and he_normal come nearest",
        },
    ];
}
