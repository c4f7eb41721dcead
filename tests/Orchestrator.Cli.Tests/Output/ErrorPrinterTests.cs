using Grpc.Core;
using Orchestrator.Cli.Output;

namespace Orchestrator.Cli.Tests.Output;

public sealed class ErrorPrinterTests
{
    [Theory]
    [InlineData(StatusCode.InvalidArgument, "s.yaml:1:2: a: bad\ns.yaml:3:4: b: bad", 2, "s.yaml:1:2: a: bad\ns.yaml:3:4: b: bad\n")]
    [InlineData(StatusCode.NotFound, "There is no experiment 'x'.", 2, "error: coordinator: There is no experiment 'x'; 'orch status' lists the experiments\n")]
    [InlineData(StatusCode.Unavailable, "refused", 3, "error: coordinator: does not answer (refused); check that it runs and that the address is right\n")]
    [InlineData(StatusCode.ResourceExhausted, "The disk is full.", 3, "error: coordinator: ResourceExhausted: The disk is full; see the coordinator's log\n")]
    public void Print_RpcException_SaysWhereWhatAndWhatToDo(StatusCode status, string detail, int exitCode, string expected)
    {
        var output = new StringWriter { NewLine = "\n" };

        Assert.Equal(exitCode, ErrorPrinter.Print(new RpcException(new Status(status, detail)), output));

        Assert.Equal(expected, output.ToString());
    }

    [Fact]
    public void Print_CliException_IsOneLine()
    {
        var output = new StringWriter { NewLine = "\n" };

        Assert.Equal(3, ErrorPrinter.Print(new CliException(ExitCode.Environment, "here", "is broken", "mend it"), output));

        Assert.Equal("error: here: is broken; mend it\n", output.ToString());
    }

    [Fact]
    public void Print_UnforeseenException_ShowsAllOfIt()
    {
        var output = new StringWriter();

        Assert.Equal(3, ErrorPrinter.Print(new InvalidOperationException("odd"), output));

        Assert.Contains("InvalidOperationException", output.ToString(), StringComparison.Ordinal);
    }
}
