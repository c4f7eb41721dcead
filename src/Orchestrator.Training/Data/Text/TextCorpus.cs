using System.Text;

namespace Orchestrator.Training.Data.Text;

/// <summary>
/// A text as token numbers: of a file, or of every <c>.txt</c> and <c>.md</c> file beneath a folder, in the order of their paths. Its last tenth is
/// for validation.
/// </summary>
public sealed class TextCorpus
{
    private const long MaximumBytes = 1L << 30;
    private const int ValidationShare = 10;

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly string _path;
    private readonly ushort[] _tokens;

    private TextCorpus(string path, string text)
    {
        _path = path;
        Vocabulary = Vocabulary.Of(text);
        _tokens = Array.ConvertAll(Vocabulary.Encode(text), token => (ushort)token);
    }

    /// <summary>Its characters.</summary>
    public Vocabulary Vocabulary { get; }

    /// <summary>Reads a text.</summary>
    /// <param name="path">A file of UTF-8, or a folder of them.</param>
    /// <exception cref="TrainingException">There is no text, or it is too long or not UTF-8.</exception>
    public static TextCorpus Open(string path)
    {
        try
        {
            string[] files = Directory.Exists(path)
                ? [.. Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories).Where(IsText).Order(StringComparer.Ordinal)]
                : [path];
            if (files.Length == 0)
                throw new TrainingException(TrainingException.DatasetMissing, $"The folder {path} has no .txt or .md file. Put text there, or point 'dataset' elsewhere.");
            if (files.Sum(file => new FileInfo(file).Length) > MaximumBytes)
                throw new TrainingException(TrainingException.DatasetDamaged, $"The text of {path} is longer than {MaximumBytes >> 20} MiB.");
            return new TextCorpus(path, string.Concat(files.Select(Read)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TrainingException(TrainingException.DatasetMissing, $"Cannot read {path}: {exception.Message}", exception);
        }
    }

    /// <summary>Windows of the text as rows: to train on, one from each character on; to judge by, one after the other.</summary>
    /// <param name="length">Characters of a window.</param>
    /// <param name="epochRows">Windows of an epoch, drawn at random.</param>
    /// <exception cref="TrainingException">The text is shorter than two windows.</exception>
    public DatasetSplit Windows(int length, int epochRows)
    {
        var validation = Math.Max(_tokens.Length / ValidationShare, length + 1);
        var training = _tokens.Length - validation;
        if (training <= length)
            throw new TrainingException(TrainingException.DatasetDamaged, $"The text of {_path} has {_tokens.Length} characters: too few for windows of {length} to train on and to judge by.");
        return new DatasetSplit(
            new TokenWindows(_tokens.AsMemory(0, training), length, stride: 1),
            new TokenWindows(_tokens.AsMemory(training), length, stride: length),
            Vocabulary.Count)
        {
            EpochRows = epochRows,
            Vocabulary = Vocabulary.Characters,
        };
    }

    private static bool IsText(string file) => Path.GetExtension(file) is ".txt" or ".md";

    private static string Read(string file)
    {
        try
        {
            return Strict.GetString(File.ReadAllBytes(file));
        }
        catch (DecoderFallbackException exception)
        {
            throw new TrainingException(TrainingException.DatasetDamaged, $"{file} is not UTF-8 (at byte {exception.Index}). Convert it first.", exception);
        }
    }
}
