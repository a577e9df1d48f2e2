using FashionSweep.Search.Space;
using FashionSweep.Search.Tests.Sweeps;
using FashionSweep.Shared.Parameters;

namespace FashionSweep.Search.Tests.Field.Reading;

/// <summary>What people call the hyperparameters and their values, and what must not be taken for them.</summary>
public sealed class NamesTests
{
    [Theory]
    [InlineData("model", "arch architecture model_type network backbone")]
    [InlineData(
        "depth",
        "num_layers n_layers number_hidden_layers num_hidden_layers nhl no_of_hidden_layers hidden_layers nb_layers numLayers model.num_layers")]
    [InlineData(
        "width",
        "hidden_size size_hidden_layers sz hidden_units neurons num_neurons fc_layer_size hidden_dim hidden_layer_size units hidden_neurons "
        + "nodes_per_layer layer_size "
        + "n_units hiddenSize dense_units model/hidden_size")]
    [InlineData("filters", "num_filters n_filters base_filters")]
    [InlineData("batch_norm", "batchnorm use_bn batch_normalization use_batch_norm")]
    [InlineData("activation", "activation_function act_fn nonlinearity hidden_activations activationFunction hidden_act activation.name")]
    [InlineData("weight_init", "weight_initialization w_init init_strategy initializer kernel_initializer init_method weight_initialisation weights_init")]
    [InlineData("dropout", "dropout_rate p_dropout drop_prob model.dropout fc_dropout dropout_prob")]
    [InlineData("optimizer", "opt optim optimiser optimizer_name optimizer.name optimizer.type optimizer._target_ optimization_algorithm")]
    [InlineData("learning_rate", "lr eta learningRate learning-rate optimizer.lr initial_lr lr_init model.optimizer.lr optimizer/learning_rate base_lr")]
    [InlineData("momentum", "mom sgd_momentum optimizer.momentum momentum_coeff")]
    [InlineData("beta1", "adam_beta1 beta_1 b1 optimizer.beta1")]
    [InlineData("beta2", "adam_beta2 beta_2 b2")]
    [InlineData("alpha", "rho rmsprop_alpha")]
    [InlineData("epsilon", "eps adam_eps adam_epsilon optimizer.eps")]
    [InlineData("weight_decay", "wd l2 l2_reg l2_lambda reg_lambda weightDecay lambda optimizer.weight_decay l2_regularization weight-decay")]
    [InlineData("gradient_clip", "grad_clip max_grad_norm clip_norm grad_clip_norm gradient_clip_val trainer.gradient_clip_val clipnorm")]
    [InlineData("schedule", "lr_scheduler scheduler lr_schedule lr_scheduler.name scheduler_type")]
    [InlineData("step_epochs", "step_size scheduler.step_size lr_step_size")]
    [InlineData("decay", "lr_gamma scheduler.gamma lr_decay_factor decay_rate lr_scheduler.factor")]
    [InlineData("min_learning_rate", "min_lr eta_min scheduler.eta_min")]
    [InlineData("plateau_patience", "lr_patience scheduler.patience lr_scheduler.patience")]
    [InlineData("patience", "early_stopping_patience early_stopping.patience es_patience")]
    [InlineData("loss", "criterion loss_fn loss_function cost loss.name")]
    [InlineData("batch_size", "bs batch batchSize minibatch_size train_batch_size datamodule.batch_size data/batch_size batch_size_train")]
    [InlineData("epochs", "epoch n_epochs num_epochs max_epochs trainer.max_epochs nEpochs no_of_epochs num_train_epochs")]
    [InlineData("seed", "random_seed manual_seed torch_seed random_state")]
    [InlineData("validation_fraction", "val_split validation_split val_size valid_size")]
    [InlineData("label_smoothing", "smoothing label_smoothing_factor")]
    [InlineData("mixup", "mixup_alpha")]
    [InlineData("freeze", "freeze_layers")]
    public void WhatPeopleCallAParameterIsTakenForIt(string parameter, string names)
    {
        foreach (var name in names.Split(' ')) Engine.Catalog.FindIn(NamePath.Parts(name)).ShouldNotBeNull(name).Name.ShouldBe(parameter, name);
    }

    [Theory]
    [InlineData(
        "l1 l1_lambda l1_reg lambda_l1 gamma beta betas clip_value warmup_steps max_lr keep_prob kernel_size pretrained max_steps "
            + "layer_norm train_size cutmix")]
    [InlineData(
        "wandb_project device num_workers save_dir log_interval use_wandb project entity exp_name test_batch_size dataset num_classes "
            + "input_size gpu verbose")]
    [InlineData("warp_factor magic beta3 l3 lrx model.magic")]
    public void WhatIsNoParameterIsTakenForNone(string names)
    {
        foreach (var name in names.Split(' ')) Engine.Catalog.FindIn(NamePath.Parts(name)).ShouldBeNull(name);
    }

    [Theory]
    [InlineData("optimizer", "sgd", "SGD stochastic vanilla gd torch.optim.SGD")]
    [InlineData("optimizer", "momentum", "sgdm sgd_momentum momentum_gd mgd SGD+Momentum")]
    [InlineData("optimizer", "nesterov", "nag NAG nesterov_sgd nestrov")]
    [InlineData("optimizer", "adam", "Adam ADAM keras.optimizers.Adam")]
    [InlineData("optimizer", "rmsprop", "RMSProp RMSprop rms_prop")]
    [InlineData("activation", "relu", "ReLU RELU nn.ReLU() torch.nn.ReLU")]
    [InlineData("activation", "silu", "swish SiLU")]
    [InlineData("activation", "identity", "linear none")]
    [InlineData("loss", "cross_entropy", "CrossEntropyLoss categorical_crossentropy NLLLoss nll CE SparseCategoricalCrossentropy")]
    [InlineData("loss", "mean_squared_error", "mse MSELoss squared_error l2 MeanSquaredError")]
    [InlineData("weight_init", "glorot_uniform", "xavier Xavier glorot xavier_uniform_ XavierUniform")]
    [InlineData("weight_init", "he_normal", "he kaiming HeNormal kaiming_normal_")]
    [InlineData("weight_init", "normal", "random gaussian RandomNormal")]
    [InlineData("schedule", "cosine", "CosineAnnealingLR cosine_annealing CosineDecay")]
    [InlineData("schedule", "step", "StepLR step_lr")]
    [InlineData("schedule", "plateau", "ReduceLROnPlateau reduce_on_plateau")]
    [InlineData("schedule", "one_cycle", "OneCycleLR onecycle")]
    [InlineData("schedule", "exponential", "ExponentialLR exp")]
    [InlineData("schedule", "constant", "none off")]
    public void WhatPeopleCallAValueIsTakenForIt(string parameter, string value, string words)
    {
        foreach (var word in words.Split(' '))
            SweepText.Read($"method: grid\nparameters: {{{parameter}: \"{word}\"}}").Parameters[0].Domain.ShouldBe(new SearchDomain.Constant(value), word);
    }

    [Theory]
    [InlineData("optimizer", "adadelta adamax radam lamb lbfgs muon ftrl rprop adabelief AdamMini sam")]
    [InlineData("activation", "selu prelu relu6 softplus softsign mish hardswish softmax celu hard_sigmoid")]
    [InlineData("loss", "mae l1 huber hinge bce kl_div focal L1Loss SmoothL1Loss BCEWithLogitsLoss")]
    [InlineData("weight_init", "zeros ones orthogonal lecun_normal uniform truncated_normal")]
    [InlineData("schedule", "cyclic MultiStepLR CosineAnnealingWarmRestarts linear polynomial LambdaLR")]
    [InlineData("model", "lenet resnet18 vgg16 vit lstm svm densenet")]
    [InlineData("precision", "fp16 16-mixed fp64")]
    public void WhatIsNotHereIsSaidToBeMissingAndNothingElseIsSuggested(string parameter, string words)
    {
        foreach (var word in words.Split(' '))
            SweepText.Faults($"method: grid\nparameters: {{{parameter}: {word}}}").ShouldHaveSingleItem().ShouldMatch("; there is no .* here: [^?]*$", word);
    }

    [Theory]
    [InlineData(
        "val_acc val/acc metrics/val_accuracy validation_accuracy Accuracy acc val_acc_epoch best_val_acc epoch/val_accuracy valAcc eval/accuracy",
        "ValidationAccuracy")]
    [InlineData("val_loss epoch/val_loss validation.loss loss valid_loss val_loss_epoch eval_loss best_val_loss valLoss", "ValidationLoss")]
    [InlineData("train_acc train/accuracy training_accuracy train_accuracy_epoch", "TrainAccuracy")]
    [InlineData("train_loss train/loss epoch/train_loss training_loss", "TrainLoss")]
    public void WhatPeopleLogIsTakenForItsMetric(string names, string metric)
    {
        foreach (var name in names.Split(' '))
            SweepText.Read($"method: grid\nmetric: {{name: {name}}}\nparameters: {{depth: 1}}").Objective.Metric.ToString().ShouldBe(metric, name);
    }

    [Theory]
    [InlineData("test_acc test/accuracy test_loss", "the test set is scored once")]
    [InlineData("val_f1 val_auc precision val_error train_val_loss perplexity reward", "must be one of")]
    public void AnotherMetricIsTakenForNone(string names, string why)
    {
        foreach (var name in names.Split(' '))
            SweepText.Faults($"method: grid\nmetric: {{name: {name}}}\nparameters: {{depth: 1}}").ShouldHaveSingleItem()
                .ShouldContain(why, Case.Sensitive, name);
    }
}
