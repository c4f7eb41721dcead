using System.Text;
using FsCheck;
using FsCheck.Fluent;
using static Orchestrator.Specs.Tests.SweepFiles;

namespace Orchestrator.Specs.Tests;

public sealed class SweepFileErrorTests
{
    [Fact]
    public void Parse_ManyFaults_ReportsAllWithPlaces()
    {
        var result = Parse("""
            task: vea
            dataset: 3
            method: randon
            run_cap: 0
            metric:
              nam: loss
            paramters:
              a: {value: 1}
            resources: {world_size: 0, device: gpu}
            collective: [gloo]
            checkpoint:
              every: often
            budget: {wall_time: 90, device_hours: -1}
            seed: 1.5
            """);

        Assert.Null(result.Spec);
        Assert.Equal("""
            1:1: parameters: 'parameters' is missing: say what to try.
            1:7: task: there is no task 'vea' — did you mean 'vae'?
            2:10: dataset: expected a kind of data set, or a map with kind, path, not 3.
            3:9: method: 'randon' is not known — did you mean 'random'?
            4:10: run_cap: expected a whole number from 1 to 2147483647, not 0.
            6:3: metric.nam: unknown key 'nam' — did you mean 'name'?
            6:3: metric.name: 'name' is missing: say which metric.
            7:1: paramters: unknown key 'paramters' — did you mean 'parameters'?
            9:25: resources.world_size: expected a whole number from 1 to 1024, not 0.
            9:36: resources.device: 'gpu' is not known — did you mean 'cpu'?
            10:13: collective: expected one of auto, gloo, grpc, not a list.
            12:10: checkpoint.every: expected a whole number from 1 to 1000000, not the text 'often'.
            13:21: budget.wall_time: expected a time with its units, such as 45s, 20m, 2h30m or 1d, not 90.
            13:39: budget.device_hours: expected a number above 0, not -1.
            14:7: seed: expected a whole number from -9223372036854775808 to 9223372036854775807, not 1.5.
            """.ReplaceLineEndings("\n"), Text(result.Errors));
    }

    [Theory]
    [InlineData("", "1:1: The file is empty.")]
    [InlineData("- a", "1:1: A sweep file is a map of keys such as task, method and parameters, not a list.")]
    [InlineData("text", "1:1: A sweep file is a map of keys such as task, method and parameters, not the text 'text'.")]
    [InlineData("a: 1\n---\nb: 2", "2:1: This is not valid YAML: a sweep file is one document, but another one begins here.")]
    [InlineData("a: *x", "1:4: This is not valid YAML: no anchor '&x' stands before this alias.")]
    [InlineData("a: !!int 3", "1:4: This is not valid YAML: the tag 'tag:yaml.org,2002:int' is not supported; leave it out.")]
    public void Parse_NotASweepFile_IsOneError(string text, string error) => Assert.Equal(error, Text(Parse(text).Errors));

    [Theory]
    [InlineData("task: vae\nmethod: [random\n", 3)]
    [InlineData("task: vae\n\tmethod: random\n", 1)]
    [InlineData("task: 'vae\n", 1)]
    [InlineData("task: vae\n  method: random\n", 2)]
    public void Parse_SyntaxError_HasItsLine(string text, int line)
    {
        var error = Assert.Single(Parse(text).Errors);
        Assert.StartsWith("This is not valid YAML: ", error.Message, StringComparison.Ordinal);
        Assert.Equal(line, error.Line);
    }

    [Fact]
    public void Parse_DuplicateKeys_AreReportedWhereverTheyAre()
    {
        var result = Parse(Head + "parameters:\n  epochs: {value: 1, value: 2}\n  epochs: {value: 3}\nseed: 1\nseed: 2\n");

        Assert.Equal("""
            9:22: The key 'value' is here a second time; the first is in line 9.
            10:3: The key 'epochs' is here a second time; the first is in line 9.
            12:1: The key 'seed' is here a second time; the first is in line 11.
            """.ReplaceLineEndings("\n"), Text(result.Errors));
    }

    [Theory]
    [InlineData("epochs", "3", "9:11: parameters.epochs: expected a map such as {value: …} or {min: …, max: …}, not 3.")]
    [InlineData("epochs", "{}", "9:11: parameters.epochs: it has no values: give 'value', 'values', 'min' and 'max', or a 'distribution'.")]
    [InlineData("epochs", "{min: 3}", "9:11: parameters.epochs.max: 'max' is missing: a range has both ends.")]
    [InlineData("epochs", "{min: 5, max: 5}", "9:17: parameters.epochs.min: min and max are both 5; for one value write 'value: 5'.")]
    [InlineData("epochs", "{min: 6, max: 5}", "9:17: parameters.epochs.min: min 6 is above max 5.")]
    [InlineData("epochs", "{min: 0, max: 5}", "9:17: parameters.epochs.min: 'epochs' can't be 0: it is from 1 to 1000000.")]
    [InlineData("epochs", "{min: 1.5, max: 5}", "9:11: parameters.epochs: 'epochs' takes whole numbers: use int_uniform, or a quantised distribution with a whole 'q'.")]
    [InlineData("epochs", "{distribution: int_uniform, min: 1.5, max: 5}", "9:44: parameters.epochs.min: int_uniform takes whole numbers from -2^53 to 2^53, not 1.5.")]
    [InlineData("epochs", "{values: [3, x, 0]}", "9:24: parameters.epochs.values: 'epochs' takes whole numbers, not x.\n9:27: parameters.epochs.values: 'epochs' can't be 0: it is from 1 to 1000000.")]
    [InlineData("epochs", "{values: []}", "9:20: parameters.epochs.values: expected a list of 1 to 10000 values, not a list.")]
    [InlineData("epochs", "{values: 3}", "9:20: parameters.epochs.values: expected a list of 1 to 10000 values, not 3.")]
    [InlineData("epochs", "{values: [1, [2]]}", "9:24: parameters.epochs.values: expected a finite number, a text, true or false, not a list.")]
    [InlineData("epochs", "{values: [1, 2], probabilities: [0.5, 0.6]}", "9:43: parameters.epochs.probabilities: the probabilities sum to 1.1, not to 1.")]
    [InlineData("epochs", "{values: [1, 2], probabilities: [1]}", "9:43: parameters.epochs.probabilities: there are 1 probabilities for 2 values.")]
    [InlineData("epochs", "{values: [1, 2], probabilities: [1.5, -0.5]}", "9:49: parameters.epochs.probabilities: a probability is a number from 0 to 1, not -0.5.")]
    [InlineData("epochs", "{value: 1, min: 2}", "9:22: parameters.epochs.min: the distribution 'constant' has no 'min'; it has: distribution, value, when.")]
    [InlineData("learning_rate", "{value: .nan}", "9:26: parameters.learning_rate.value: expected a finite number, a text, true or false, not .nan.")]
    [InlineData("learning_rate", "{value: }", "9:26: parameters.learning_rate.value: expected a finite number, a text, true or false, not nothing.")]
    [InlineData("learning_rate", "{distribution: log_uniform_values, min: 0, max: 1}", "9:58: parameters.learning_rate.min: log_uniform_values takes values above 0, not 0: they have a logarithm.")]
    [InlineData("learning_rate", "{distribution: log_uniform, min: 0, max: 1e4}", "9:51: parameters.learning_rate.min: log_uniform takes exponents to base e, and these are out of range; for the values themselves use log_uniform_values.")]
    [InlineData("learning_rate", "{distribution: uniform, min: 1, max: 1000}", "9:55: parameters.learning_rate.max: 'learning_rate' can't be 1000: it is from 1E-09 to 100.")]
    [InlineData("learning_rate", "{distribution: q_uniform, min: 0.2, max: 0.3}", "9:18: parameters.learning_rate.q: no multiple of 1 lies in the range.")]
    [InlineData("learning_rate", "{distribution: unifrom, min: 1, max: 2}", "9:33: parameters.learning_rate.distribution: 'unifrom' is not known — did you mean 'uniform'?")]
    [InlineData("learning_rate", "{distribution: uniform, min: 1, max: 2, q: 1}", "9:58: parameters.learning_rate.q: the distribution 'uniform' has no 'q'; it has: distribution, min, max, when.")]
    [InlineData("optimizer", "{values: [adam, sdg]}", "9:30: parameters.optimizer.values: 'optimizer' can't be 'sdg' — did you mean 'sgd'?")]
    [InlineData("optimizer", "{min: 1, max: 2}", "9:14: parameters.optimizer: 'optimizer' takes one of adam, adamw, sgd, not a range: use 'value' or 'values'.")]
    [InlineData("tied", "{value: yes}", "9:17: parameters.tied.value: 'tied' takes true or false, not yes.")]
    [InlineData("lerning_rate", "{value: 1}", "9:3: parameters.lerning_rate: task 'vae' has no parameter 'lerning_rate' — did you mean 'learning_rate'?")]
    [InlineData("2x", "{value: 1}", "9:3: parameters.2x: a parameter's name has letters, digits, '_', '-' and '.', begins with a letter or '_', and is at most 200 long.")]
    [InlineData("optim", "{value: 1, parameters: {gain: {value: 1}}}", "9:11: parameters.optim.value: a parameter with nested 'parameters' has no 'value' of its own.")]
    public void Parse_FaultyParameter_SaysWhereAndWhat(string name, string value, string errors) =>
        Assert.Equal(errors, Text(ParseParameter(name, value).Errors));

    [Fact]
    public void Parse_GridOverAContinuousRange_IsAnError()
    {
        var text = Head.Replace("random", "grid", StringComparison.Ordinal) + "parameters:\n  learning_rate: {min: 0.5, max: 1}\n";

        Assert.Equal(
            "9:3: parameters.learning_rate: a grid needs values that can be listed: give 'values', whole ends, or a distribution with a quantum 'q'.",
            Text(Parse(text).Errors));
    }

    [Theory]
    [InlineData("{type: asha, min_iter: 9, max_iter: 9}", "9:41: early_terminate.min_iter: min_iter 9 is not below max_iter 9: no rung is left.")]
    [InlineData("{min_iter: 3}", "9:18: early_terminate.type: 'type' is missing: write 'type: asha'.")]
    [InlineData("{type: hyperband}", "9:18: early_terminate.min_iter: 'min_iter' is missing: hyperband needs min_iter, or max_iter and s.")]
    [InlineData("{type: asha, eta: 1}", "9:36: early_terminate.eta: expected a number above 1, not 1.")]
    [InlineData("{type: asha, s: 2}", "9:31: early_terminate.s: 'asha' has no 's'; it has: type, min_iter, max_iter, eta, brackets, variant.")]
    [InlineData("{type: percentile, share: 1}", "9:44: early_terminate.share: a share of 1 stops no trial: it is below 1.")]
    [InlineData("{type: asha, variant: synchronous}", "9:40: early_terminate.variant: asha is stopping or promotion; synchronous is a variant of hyperband.")]
    [InlineData("{type: pbt, interval: 2, share: 0.9}", "9:50: early_terminate.share: a share of 0.9 leaves too few trials to fork: it is at most 0.5.")]
    [InlineData("{type: pb2, interval: 2, mutate: [rate]}", "9:51: early_terminate.mutate: there is no parameter 'rate'; there are: epochs.")]
    [InlineData("{type: wilcoxon}", "9:18: early_terminate: wilcoxon compares repeats: give 'seeds', 4 or more.")]
    [InlineData("{type: forecast, share: 1.5}", "9:42: early_terminate.share: a share of 1.5 is more than all trials: it is at most 1.")]
    [InlineData("{type: patience}", "9:18: early_terminate.epochs: 'epochs' is missing: say how long a trial may go without getting better.")]
    public void Parse_FaultyEarlyTermination_SaysWhereAndWhat(string value, string errors) =>
        Assert.Equal(errors, Text(Parse($"{Head}parameters: {{epochs: {{value: 9}}}}\nearly_terminate: {value}\n").Errors));

    [Fact]
    public void Parse_ProgramWithoutATask_SaysThatATaskIsNeeded()
    {
        var result = Parse(Head.Replace("task: vae", "program: train.py", StringComparison.Ordinal) + "parameters: {x: {value: 1}}");

        Assert.Equal("""
            1:1: task: 'task' is missing: say what to train: vae, ring.
            1:10: program: programs are not run here: say what to train with 'task', for instance 'task: vae'.
            """.ReplaceLineEndings("\n"), Text(result.Errors));
    }

    [Theory]
    [InlineData("dataset: cifar", "2:10: dataset: task 'vae' does not train on 'cifar'; there are: mnist, idx.")]
    [InlineData("dataset: {kind: mnits}", "2:17: dataset.kind: task 'vae' does not train on 'mnits' — did you mean 'mnist'?")]
    [InlineData("dataset: {path: x}", "2:10: dataset.kind: 'kind' is missing: task 'vae' trains on mnist or idx.")]
    [InlineData("seed: 1", "1:1: dataset: 'dataset' is missing: task 'vae' trains on mnist or idx.")]
    public void Parse_FaultyDataset_SaysWhereAndWhat(string line, string error) =>
        Assert.Equal(error, Text(Parse(Head.Replace("dataset: mnist", line, StringComparison.Ordinal) + "parameters: {epochs: {value: 3}}").Errors));

    [Fact]
    public void Parse_UnknownMetric_SuggestsOne() =>
        Assert.Equal("6:9: metric.name: task 'vae' does not report 'validation_eblo' — did you mean 'validation_elbo'?",
            Text(Parse(Head.Replace("elbo", "eblo", StringComparison.Ordinal) + "parameters: {epochs: {value: 3}}").Errors));

    [Fact]
    public void Parse_TooLong_IsRefusedUnread()
    {
        var error = Assert.Single(Parse(new string('#', SweepFile.MaximumLength + 1)).Errors);
        Assert.Contains("at most", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_AliasesOfAliases_AreBounded()
    {
        var text = new StringBuilder("a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n");
        for (var i = 1; i < 12; i++) text.Append($"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat($"*a{i - 1}", 10))}]\n");

        Assert.Contains("nodes once aliases are replaced", Assert.Single(Parse(text.ToString()).Errors).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_DeepNesting_IsBounded() =>
        Assert.Contains("levels deep", Assert.Single(Parse("a: " + new string('[', 50_000)).Errors).Message, StringComparison.Ordinal);

    [Fact]
    public void Parse_AnyText_NeverThrows()
    {
        var pieces = Gen.Elements("task", "vae", ":", " ", "\n", "  ", "- ", "[", "]", "{", "}", ",", "'", "\"", "&a", "*a", "!!str", "|", ">", "#", "parameters", "min", "1e-3", "%", "\t", "\0", "é", "---", "?");
        var texts = Gen.ListOf(pieces).Select(list => string.Concat(list)).ToArbitrary();

        Prop.ForAll(texts, text => Parse(text).Spec is null).Check(Config.QuickThrowOnFailure.WithMaxTest(2000).WithReplay(1, 3));
    }

    [Fact]
    public void Parse_NormalBeyondTheTasksRange_IsAWarning()
    {
        var result = ParseParameter("weight_decay", "{distribution: normal, mu: 0.5, sigma: 0.1}");

        Assert.Empty(result.Errors);
        Assert.Equal("parameters.weight_decay.distribution", Assert.Single(result.Warnings).Path);
    }
}
