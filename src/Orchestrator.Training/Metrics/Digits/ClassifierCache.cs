using System.Globalization;
using System.Security.Cryptography;
using Orchestrator.Checkpoints;
using Orchestrator.Checkpoints.Safetensors;
using Orchestrator.Training.Data;
using Orchestrator.Training.Randomness;
using static TorchSharp.torch;

namespace Orchestrator.Training.Metrics.Digits;

/// <summary>Classifiers that were trained already, by the content of their training set.</summary>
/// <param name="folder">Where they are kept.</param>
internal sealed class ClassifierCache(string folder)
{
    /// <summary>Changes with the network and with how it is trained.</summary>
    private const string Version = "digits-1";

    /// <summary>The classifier of a dataset; trained now, which takes a minute, if no trial has done so before.</summary>
    internal DigitClassifier Get(DatasetSplit data, CancellationToken abort)
    {
        var path = Path.Combine(folder, "classifiers", $"{Version}-{Hash(data.Training)}.safetensors");
        if (TryLoad(path, data.Classes) is { } known)
            return known;
        var trained = ClassifierTrainer.Train(data.Training, data.Classes, abort);
        Save(trained, path);
        return trained;
    }

    /// <summary>The first 16 digits of the SHA-256 of the rows.</summary>
    internal static string Hash(IDataset data)
    {
        const int BlockRows = 1000;
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var (inputs, labels) = (new byte[BlockRows * data.Inputs.Bytes], new byte[BlockRows * data.Labels.Bytes]);
        for (var start = 0; start < data.Count; start += BlockRows)
        {
            var rows = Enumerable.Range(start, Math.Min(BlockRows, data.Count - start)).ToArray();
            data.CopyRows(rows, inputs, labels);
            hash.AppendData(inputs.AsSpan(0, rows.Length * data.Inputs.Bytes));
            hash.AppendData(labels.AsSpan(0, rows.Length * data.Labels.Bytes));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset())[..16];
    }

    /// <summary>Null where there is none, or a damaged one: it is made again.</summary>
    private static DigitClassifier? TryLoad(string path, int classes)
    {
        if (!File.Exists(path))
            return null;
        var classifier = LibraryGenerator.Draw(seed: 0, () => new DigitClassifier(classes)); // apart from ranks in this process that draw their weights
        try
        {
            using var noGradient = no_grad();
            using var file = SafetensorsReader.Open(File.OpenRead(path), path);
            foreach (var (name, parameter) in classifier.named_parameters())
                file.Read(name, parameter.bytes);
            classifier.eval();
            return classifier;
        }
        catch (CheckpointException)
        {
            classifier.Dispose();
            return null;
        }
    }

    /// <summary>Written beside and renamed: several ranks may do so at once.</summary>
    private static void Save(DigitClassifier classifier, string path)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var tensors = classifier.named_parameters()
            .Select(entry => new TensorData(entry.name, TensorDataType.Float32, entry.parameter.shape, entry.parameter.bytes.ToArray()))
            .ToList();
        var unfinished = string.Create(CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}.new");
        using (var file = File.Create(unfinished))
            SafetensorsWriter.Write(file, tensors, new Dictionary<string, string>(StringComparer.Ordinal) { ["format"] = "pt" });
        File.Move(unfinished, path, overwrite: true);
    }
}
