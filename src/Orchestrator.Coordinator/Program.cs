using Orchestrator.Coordinator.Hosting;

return await CoordinatorCommand.Create(CoordinatorHost.Run).Parse(args).InvokeAsync();
