using Anlan.Cameras.Worker.Desk;

return await WorkCommand.Make().Parse(args).InvokeAsync(new() { ProcessTerminationTimeout = WorkCommand.Farewell });
