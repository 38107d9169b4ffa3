using Anlan.EndToEnd.Events;
using Xunit.Runner.InProc.SystemConsole;

// Tests that kill a program need one to kill: this one, under another word.
return args is [TallyWorker.Verb, var folder, var postgres, var work] ? await TallyWorker.RunAsync(folder, postgres, work) : await ConsoleRunner.Run(args);
