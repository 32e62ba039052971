using JobTracker.Gateway;
using JobTracker.Silo;
using JobTracker.Silo.Commands;
using JobTracker.Silo.Demo;

return args switch
{
    [DemoCommand.Name, .. var settings] => await DemoCommand.RunAsync(settings, OperatorCommands.Names),
    [var command, .. var line] when OperatorCommands.Names.Contains(command) => await OperatorCommands.RunAsync(command, line),
    _ => await ProcessStart.RunAsync(args, OperatorCommands.Names, () => ServedSilo.Build(args)),
};
