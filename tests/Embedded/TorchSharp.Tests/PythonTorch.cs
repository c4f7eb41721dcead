using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace TorchSharp.Tests;

/// <summary>Runs Python snippets under the distribution's PyTorch: the reference for values.</summary>
internal static class PythonTorch
{
    private const string Python = "/usr/bin/python3";
    private const string Prelude = "import json, math, torch\nimport torch.nn.functional as F\ntorch.set_num_threads(1)\nresult = {}\n";
    private const string Epilogue =
        "\ndef flat(v):\n    return [float(x) if math.isfinite(x) else (1e300 if x > 0 else -1e300) for x in v.detach().double().flatten().tolist()] if torch.is_tensor(v) else [float(x) for x in v]\n" +
        "print(json.dumps({k: flat(v) for k, v in result.items()}))\n";

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Null, or why there is no PyTorch to compare with.</summary>
    internal static string? Missing { get; } = FindMissing();

    /// <summary>Runs a script that puts tensors or lists of numbers into <c>result</c>; gives them flat, by name.</summary>
    internal static Dictionary<string, double[]> Run(string script) =>
        JsonSerializer.Deserialize<Dictionary<string, double[]>>(
            Execute(Prelude + script + Epilogue))!;

    /// <summary>A tensor as a Python expression of the same type, shape and bits.</summary>
    internal static string Literal(torch.Tensor tensor)
    {
        var values = tensor.detach().to(torch.ScalarType.Float64).contiguous().data<double>().ToArray();
        var list = string.Join(",", values.Select(v => v.ToString("R", CultureInfo.InvariantCulture)));
        return $"torch.tensor([{list}], dtype=torch.float64).reshape([{string.Join(",", tensor.shape)}]).to({TypeName(tensor.dtype)})";
    }

    private static string TypeName(torch.ScalarType type) => type switch
    {
        torch.ScalarType.Float32 => "torch.float32",
        torch.ScalarType.Float64 => "torch.float64",
        torch.ScalarType.Int64 => "torch.int64",
        torch.ScalarType.Bool => "torch.bool",
        torch.ScalarType.BFloat16 => "torch.bfloat16",
        torch.ScalarType.Byte => "torch.uint8",
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not used by the tests"),
    };

    private static string? FindMissing()
    {
        if (!File.Exists(Python)) return $"{Python} is not installed";
        try
        {
            Execute("import torch\n");
            return null;
        }
        catch (InvalidOperationException e)
        {
            return "python3-torch is not installed: " + e.Message;
        }
    }

    private static string Execute(string script)
    {
        using var process = Process.Start(new ProcessStartInfo(Python, "-")
        {
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["OMP_NUM_THREADS"] = "1" },
        })!;
        var output = process.StandardOutput.ReadToEndAsync();
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(script);
        process.StandardInput.Close();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException("python did not finish:\n" + script);
        }

        process.WaitForExit();
        return process.ExitCode == 0 ? output.Result : throw new InvalidOperationException(error.Result + "\n" + script);
    }
}
