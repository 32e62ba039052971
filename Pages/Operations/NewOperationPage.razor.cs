using JobTracker.Keys;
using JobTracker.Operations;
using JobTracker.Pages.Doors;
using JobTracker.Pages.Shell;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;

namespace JobTracker.Pages.Operations;

/// <summary>Says what an operation would come to, and starts it.</summary>
public sealed partial class NewOperationPage
{
    private AskedOperation _asked = new();
    private OperationPreview? _preview;
    private StartForm? _form;
    private string _words = "";

    [Inject]
    private IJobDoor Jobs { get; set; } = default!;

    [Inject]
    private TimeProvider Clock { get; set; } = default!;

    protected override IEnumerable<string> Needs =>
        Asked().Action == OperationAction.Redeliver
            ? [Scopes.JobsRead, Scopes.JobsWrite, Scopes.CallbacksManage]
            : [Scopes.JobsRead, Scopes.JobsWrite];

    private string Title => _asked.Action is { } action ? ActionWords.Title(action) : "New operation";

    private bool NeedsNumber => StartForm.NeedsNumber(_asked, _form!.Matched, _form.IsLowerBound);

    protected override async Task ReadAsync()
    {
        _asked = Asked();
        if (!_asked.Problems.IsEmpty)
        {
            Http.AnswerWith(StatusCodes.Status422UnprocessableEntity);
            return;
        }
        if (_asked.Fixed(Clock.GetUtcNow()) is { } address)
        {
            Navigation.NavigateTo(address);
            return;
        }
        _words = FilterWords.Of(FilterText.Of(_asked.Command.Filter ?? new()));
        _preview = await Door.PreviewAsync(Who, _asked.Command);
        _form = IsPost ? StartForm.Of(Http.Request.Form) : StartForm.Of(_preview);
    }

    private async Task StartAsync()
    {
        if (_preview is not { } preview || _form is not { } form)
            return;
        if (form.Problem(_asked, preview) is { } problem)
            Refuse(new PageFault("Nothing was started", problem, StatusCodes.Status422UnprocessableEntity));
        else if (await DoAsync(() => Door.StartAsync(Http, form.Command(_asked))) is { } operation)
            Navigation.NavigateTo($"/ui/operations/{operation.Id}");
        // What is to be confirmed next is what there is now; the key stays with what it was made for.
        if (Refusal is not null)
            _form = form with { Matched = preview.Matched, IsLowerBound = preview.IsLowerBound, Typed = "" };
    }

    private AskedOperation Asked() => AskedOperation.Read(Http.Request.QueryString.Value, Jobs, Clock.GetUtcNow());
}
