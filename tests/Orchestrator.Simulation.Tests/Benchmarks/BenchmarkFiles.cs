using System.IO.Compression;
using System.Text;
using Orchestrator.TestKit.Files;

namespace Orchestrator.Simulation.Tests.Benchmarks;

/// <summary>A small table and a few curves, in the form of the recorded ones.</summary>
internal static class BenchmarkFiles
{
    /// <summary>Twelve configurations; the objective is 0 at a=2, b=y and rises from there.</summary>
    public static string Table(TemporaryFolder folder, string rows = "1,x,3.0\n1,y,1.0\n1,z,2.0\n2,x,1.5\n2,y,0.0\n2,z,1.0\n3,x,4.0\n3,y,2.0\n3,z,3.0\n4,x,6.0\n4,y,5.0\n4,z,5.5\n")
    {
        folder.Write("small.space.json", """
            {"name":"small","rows":12,"optimum":0.0,"median":2.5,"parameters":[
             {"name":"a","type":"ordinal","values":[1,2,3,4]},{"name":"b","type":"categorical","values":["x","y","z"]}]}
            """);
        return Zip(folder, "small.csv.gz", "a,b,objective\n" + rows);
    }

    /// <summary>Six configurations of four epochs; the error falls to the rate's distance from 0.3.</summary>
    public static string Curves(TemporaryFolder folder)
    {
        folder.Write("few.space.json", """
            {"name":"few","rows":6,"optimum":0.0,"median":0.3,"epochs":4,"parameters":[
             {"name":"rate","type":"float","min":0.1,"max":1.0,"log":true},{"name":"units","type":"int","min":1,"max":8,"log":false}]}
            """);
        var text = new StringBuilder("rate,units,val_error_1,val_error_2,val_error_3,val_error_4,time_52\n");
        foreach (var (rate, units) in new[] { (0.1, 1), (0.3, 4), (0.5, 8), (0.7, 2), (0.9, 3), (1.0, 5) })
            text.Append($"{rate},{units},{Math.Abs(rate - 0.3) + 3},{Math.Abs(rate - 0.3) + 2},{Math.Abs(rate - 0.3) + 1},{Math.Abs(rate - 0.3)},8\n");
        return Zip(folder, "few.curves.csv.gz", text.ToString());
    }

    private static string Zip(TemporaryFolder folder, string name, string text)
    {
        using var file = new GZipStream(File.Create(folder.At(name)), CompressionLevel.Fastest);
        file.Write(Encoding.UTF8.GetBytes(text));
        return folder.At(name);
    }
}
