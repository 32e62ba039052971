using Microsoft.AspNetCore.Http;

namespace JobTracker.Tests.Support;

/// <summary>An answer of a <see cref="TestReceiver"/>, the bad manners included.</summary>
public sealed class TestAnswer
{
    private readonly Func<HttpContext, Task> _give;

    private TestAnswer(Func<HttpContext, Task> give) => _give = give;

    /// <summary>Answers nothing until the sender goes away.</summary>
    public static TestAnswer Hang { get; } = new(context => context.RequestAborted.WhenCancelled());

    /// <summary>Breaks the connection instead of answering.</summary>
    public static TestAnswer Reset { get; } = new(context =>
    {
        context.Abort();
        return Task.CompletedTask;
    });

    /// <summary>Answers 200 and a body that never ends.</summary>
    public static TestAnswer Endless { get; } = new(async context =>
    {
        var block = new byte[4_096];
        while (!context.RequestAborted.IsCancellationRequested)
        {
            await context.Response.Body.WriteAsync(block, context.RequestAborted);
            await context.Response.Body.FlushAsync(context.RequestAborted);
        }
    });

    /// <summary>Answers 200 and the first byte of a body, whose rest never comes.</summary>
    public static TestAnswer Dawdle { get; } = new(async context =>
    {
        await context.Response.WriteAsync("o", context.RequestAborted);
        await context.Response.Body.FlushAsync(context.RequestAborted);
        await context.RequestAborted.WhenCancelled();
    });

    public static TestAnswer Status(int status, params (string Name, string Value)[] headers) => new(context =>
    {
        context.Response.StatusCode = status;
        foreach (var (name, value) in headers)
            context.Response.Headers[name] = value;
        return Task.CompletedTask;
    });

    /// <summary>Gives another answer once the task has ended: to hold a receiver at a chosen point.</summary>
    public static TestAnswer After(Task gate, TestAnswer then) => new(async context =>
    {
        await gate.WaitAsync(context.RequestAborted);
        await then.GiveAsync(context);
    });

    internal async Task GiveAsync(HttpContext context)
    {
        try
        {
            await _give(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // The sender went away first.
        }
    }
}
