using FashionSweep.Shared.Parameters;

namespace FashionSweep.Training.Configuration;

/// <summary>Parameters of training scripts that never touch what is trained: where it runs, what is logged, where things lie.</summary>
internal static class PlumbingNames
{
    public static IReadOnlyList<ForeignName> All { get; } =
    [
        new(["*wandb*", "*mlflow*", "*tensorboard*", "*neptune*", "*comet*", "*clearml*", "logger*", "logging*", "hydra*"]) { HoldsItsGroup = true },
        new(["log", "logs", "log_*dir"]),
        new(["log_interval", "log_every*", "log_freq*", "log_level", "log_steps", "log_to*", "log_images", "log_model", "log_gradients", "log_path", "log_file",
            "logfile", "do_log", "enable_logging", "no_log", "use_logger", "verbose", "verbosity", "quiet", "silent", "debug", "dry_run", "fast_dev_run",
            "dev_run"]),
        new(["print_*", "progress*", "use_tqdm", "tqdm", "disable_tqdm", "plot*", "show_*", "visuali*", "callbacks", "report*", "profil*", "display*"]),
        new(["project", "project_name", "proj_name", "entity", "entity_name", "experiment", "experiment_name", "exp_name", "exp", "exp_id", "experiment_id",
            "run_name", "run_id", "run", "job_name", "job_type", "group", "group_name", "tag", "tags", "notes", "note", "description", "desc", "comment",
            "user",
            "username", "version", "sweep", "sweep_id", "sweep_name", "sweep_count", "trial", "trial_id", "api_key", "team", "task_name", "display_name"]),
        new(["device", "devices", "device_id", "device_ids", "use_gpu", "use_cuda", "cuda", "no_cuda", "gpu", "gpus", "gpu_id", "gpu_ids", "gpuid", "num_gpus",
            "n_gpus", "ngpu", "n_gpu", "use_mps", "mps", "no_mps", "cpu", "use_cpu", "accelerator", "strategy", "tpu", "tpu_cores", "num_nodes", "nodes_count",
            "local_rank", "rank", "world_size", "distributed", "ddp", "dist_backend", "backend", "port", "master_port", "host", "multi_gpu", "data_parallel",
            "cuda_visible_devices", "gres", "partition", "slurm*"]),
        new(["num_workers", "n_workers", "workers", "num_worker", "nworkers", "worker", "n_jobs", "num_threads", "n_threads", "threads", "num_proc", "nprocs",
            "prefetch", "prefetch_factor", "pin_memory", "persistent_workers", "cache", "cache_data", "preload", "num_cpus", "cores", "n_cpu",
            "dataloader_workers",
            "dataloader_num_workers", "loader_workers"]),
        new(["benchmark", "cudnn*", "deterministic", "deterministic_*", "compile", "torch_compile", "use_compile", "jit", "jit_compile", "xla", "run_eagerly",
            "use_deterministic_algorithms", "channels_last", "matmul_precision", "float32_matmul_precision", "reproducible", "set_seed", "fix_seed"]),
        new(["save", "save_*", "saving", "do_save", "no_save", "checkpoint_*", "ckpt*", "checkpoints", "enable_checkpointing", "model_save*",
            "keep_checkpoints",
            "model_dir", "model_path", "weights_path", "weights_dir", "write_*", "export*", "overwrite*", "store_*", "default_root_dir"]),
        new(["root", "*_root", "root_*", "dir", "*_dir", "*_directory", "*_folder", "folder", "path", "*_path", "*_file", "file", "filename", "file_name",
            "out",
            "output", "outputs", "output_*dir", "data_path", "data_location", "download", "download_data", "workdir", "*_filename", "config", "config_*",
            "cfg", "cfg_*",
            "conf", "yaml", "script", "program"]),
        new(["test_batch_size", "eval_batch_size", "val_batch_size", "batch_size_test", "batch_size_val", "batch_size_eval", "valid_batch_size",
            "validation_batch_size",
            "per_device_eval_batch_size", "test_bs", "val_bs", "inference_batch_size", "test_batch"]),
        new(["eval_every*", "eval_interval", "eval_freq*", "eval_steps", "val_every*", "val_interval", "val_freq*", "val_check_interval",
            "check_val_every_n_epoch",
            "evaluate*", "validate*", "evaluation_strategy", "do_eval", "do_train", "do_test", "test", "train", "testing", "run_test", "test_interval",
            "eval", "metrics",
            "metric", "monitor", "num_sanity_val_steps", "limit_val_batches", "limit_test_batches", "enable_*"]),
    ];
}
