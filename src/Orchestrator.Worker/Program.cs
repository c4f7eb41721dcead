using Orchestrator.Worker.Hosting;

return await WorkerCommand.Create().Parse(args).InvokeAsync();
