namespace JobTracker.Silo.Demo.World;

/// <summary>Receivers of callbacks: one takes them, one is broken, one takes its time and now and then too much of it.</summary>
internal static class Receivers
{
    public const string Taking = "/hooks/orders";
    public const string Failing = "/hooks/billing";
    public const string Slow = "/hooks/archive";

    public static void Map(IEndpointRouteBuilder app, TimeProvider clock)
    {
        app.MapPost(Taking, (RequestDelegate)(http => AnswerAsync(http, StatusCodes.Status204NoContent)));
        app.MapPost(Failing, (RequestDelegate)(http => AnswerAsync(http, StatusCodes.Status500InternalServerError)));
        app.MapPost(Slow, (RequestDelegate)(async http =>
        {
            await Task.Delay(TimeSpan.FromSeconds(0.5 + (5 * Random.Shared.NextDouble())), clock, http.RequestAborted);
            await AnswerAsync(http, StatusCodes.Status204NoContent);
        }));
    }

    private static Task AnswerAsync(HttpContext http, int status)
    {
        http.Response.StatusCode = status;
        return Task.CompletedTask;
    }
}
