namespace Orleans.Configuration;

public class ClusterOptions
{
    public string ClusterId { get; set; } = "default";
    public string ServiceId { get; set; } = "default";
}
