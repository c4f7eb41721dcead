namespace Orleans.Configuration;

public abstract class MessagingOptions
{
    /// <value>How long a caller waits for a response. Default: 30 seconds.</value>
    public TimeSpan ResponseTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <value>Whether the token of a call that timed out is cancelled. Default: true.</value>
    public bool CancelRequestOnTimeout { get; set; } = true;
}
