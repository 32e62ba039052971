using System.Text.Json;
using System.Text.Json.Serialization;
using JobTracker.Audit;
using JobTracker.Batches;
using JobTracker.Operations;

namespace JobTracker.Gateway.Json;

/// <summary>A value of an enum that is its word on the wire, and is only written.</summary>
internal abstract class WordConverter<T>(Func<T, string> word) : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        throw new NotSupportedException($"{typeof(T).Name} is written, never read.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(word(value));
}

internal sealed class BatchStatusConverter() : WordConverter<BatchStatus>(status => status.Word);

internal sealed class BatchPhaseConverter() : WordConverter<BatchPhase>(phase => phase.Word);

internal sealed class ItemStatusConverter() : WordConverter<ItemStatus>(status => status.Word);

internal sealed class OperationStatusConverter() : WordConverter<OperationStatus>(status => status.Word);

internal sealed class OperationActionConverter() : WordConverter<OperationAction>(action => action.Word);

internal sealed class AuditOutcomeConverter() : WordConverter<AuditOutcome>(outcome => outcome.Word);
