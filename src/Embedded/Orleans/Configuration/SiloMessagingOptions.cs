namespace Orleans.Configuration;

public class SiloMessagingOptions : MessagingOptions
{
    /// <value>How many requests may wait for one activation; more are refused with LimitExceededException. 0 for any number. Default: 0.</value>
    public int MaxEnqueuedRequestsHardLimit { get; set; }

    /// <value>The same for one stateless worker. Default: 0.</value>
    public int MaxEnqueuedRequestsHardLimit_StatelessWorker { get; set; }
}
