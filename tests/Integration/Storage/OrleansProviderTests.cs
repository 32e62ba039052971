using Orleans.Storage;

namespace JobTracker.Tests.Integration.Storage;

/// <summary>What Orleans' grain storage and reminder table must do with our SQL, on both engines.</summary>
public abstract class OrleansProviderTests(OrleansDatabase database)
{
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(3);

    [Fact]
    public async Task State_survives_a_restart_of_the_silo()
    {
        var grain = NewGrain();
        var written = await WriteAsync(grain, "hello");

        await database.RestartSiloAsync();

        var read = await ReadAsync(grain);
        Assert.Equal(("hello", true, written.ETag), (read.State?.Text, read.RecordExists, read.ETag));
    }

    [Fact]
    public async Task A_write_from_a_stale_version_is_refused_and_changes_nothing()
    {
        var grain = NewGrain();
        var stale = await WriteAsync(grain, "first");
        var current = await ReadAsync(grain);
        await WriteAsync(grain, current, "second");

        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(grain, stale, "stale"));
        await Assert.ThrowsAsync<InconsistentStateException>(() => ClearAsync(grain, stale));

        Assert.Equal("second", (await ReadAsync(grain)).State?.Text);
    }

    [Fact]
    public async Task Of_concurrent_first_writes_exactly_one_wins()
    {
        for (var round = 0; round < 10; round++)
        {
            var grain = NewGrain();
            var outcomes = await Task.WhenAll(Enumerable.Range(0, 8).Select(writer => TryWriteAsync(grain, new(), $"writer {writer}")));

            Assert.Single(outcomes, won => won);
            Assert.Equal($"writer {Array.IndexOf(outcomes, true)}", (await ReadAsync(grain)).State?.Text);
        }
    }

    [Fact]
    public async Task Of_concurrent_writes_from_one_version_exactly_one_wins()
    {
        var grain = NewGrain();
        await WriteAsync(grain, "start");
        var readers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => ReadAsync(grain)));

        var outcomes = await Task.WhenAll(readers.Select((state, writer) => TryWriteAsync(grain, state, $"writer {writer}")));

        Assert.Single(outcomes, won => won);
        Assert.Equal($"writer {Array.IndexOf(outcomes, true)}", (await ReadAsync(grain)).State?.Text);
    }

    [Fact]
    public async Task A_write_with_a_version_of_a_state_that_never_was_is_refused()
    {
        var grain = NewGrain();

        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(grain, new() { ETag = "7" }, "lost"));

        Assert.False((await ReadAsync(grain)).RecordExists);
    }

    [Fact]
    public async Task A_cleared_state_is_gone_but_a_writer_from_before_stays_stale()
    {
        var grain = NewGrain();
        var before = await WriteAsync(grain, "old");
        var clearing = await ReadAsync(grain);

        await ClearAsync(grain, clearing);

        Assert.False((await ReadAsync(grain)).RecordExists);
        await Assert.ThrowsAsync<InconsistentStateException>(() => WriteAsync(grain, before, "stale"));
        await WriteAsync(grain, clearing, "new");
        Assert.Equal("new", (await ReadAsync(grain)).State?.Text);
    }

    [Fact]
    public async Task Clearing_a_state_that_never_was_succeeds()
    {
        var grain = NewGrain();

        await ClearAsync(grain, new());

        Assert.Null((await ReadAsync(grain)).ETag);
    }

    [Fact]
    public async Task Keys_that_differ_in_case_kind_or_state_name_stay_apart()
    {
        var type = GrainType.Create("keys");
        (GrainId Grain, string StateName)[] identities =
        [
            (GrainId.Create("keys", "key_abc"), "one"),
            (GrainId.Create("keys", "key_ABC"), "one"),
            (GrainId.Create("keys", "key_0abc"), "one"),
            (GrainId.Create("keys", "key_abc"), "two"),
            (GrainId.Create("keys", "key_abc"), "ONE"),
            (GrainId.Create(type, GrainIdKeyExtensions.CreateIntegerKey(0)), "one"),
            (GrainId.Create(type, GrainIdKeyExtensions.CreateIntegerKey(0, "key_abc")), "one"),
            (GrainId.Create(type, GrainIdKeyExtensions.CreateIntegerKey(1, "key_abc")), "one"),
            (GrainId.Create(type, GrainIdKeyExtensions.CreateGuidKey(Guid.Empty, "key_abc")), "one"),
        ];
        foreach (var (grain, stateName) in identities)
            await database.Silo.Storage.WriteStateAsync(stateName, grain, new GrainState<Note>(new() { Text = $"{stateName} of {grain}" }));

        foreach (var (grain, stateName) in identities)
        {
            var read = new GrainState<Note>(new());
            await database.Silo.Storage.ReadStateAsync(stateName, grain, read);
            Assert.Equal($"{stateName} of {grain}", read.State?.Text);
        }
    }

    [Fact]
    public async Task A_reminder_survives_a_restart_with_its_phase_and_period()
    {
        var grain = NewGrain();
        var startAt = new DateTime(2026, 3, 1, 12, 30, 15, 250, DateTimeKind.Utc);
        var etag = await database.Silo.Reminders.UpsertRow(Reminder(grain, "wake", startAt));

        await database.RestartSiloAsync();

        var read = await database.Silo.Reminders.ReadRow(grain, "wake");
        Assert.NotNull(read);
        Assert.Equal((grain, "wake", startAt, Period, etag), (read.GrainId, read.ReminderName, read.StartAt, read.Period, read.ETag));
    }

    [Fact]
    public async Task A_period_of_months_is_kept()
    {
        var grain = NewGrain();
        var reminder = Reminder(grain, "seldom", DateTime.UnixEpoch);
        reminder.Period = TimeSpan.FromDays(100);

        await database.Silo.Reminders.UpsertRow(reminder);

        Assert.Equal(TimeSpan.FromDays(100), (await database.Silo.Reminders.ReadRow(grain, "seldom"))?.Period);
    }

    [Fact]
    public async Task A_reminder_that_is_set_again_changes_its_etag_and_only_the_current_one_removes_it()
    {
        var grain = NewGrain();
        var table = database.Silo.Reminders;
        var first = await table.UpsertRow(Reminder(grain, "wake", DateTime.UnixEpoch));
        var second = await table.UpsertRow(Reminder(grain, "wake", DateTime.UnixEpoch.AddDays(1)));
        await table.UpsertRow(Reminder(grain, "other", DateTime.UnixEpoch));

        Assert.False(await table.RemoveRow(grain, "wake", first!));
        Assert.Equal(DateTime.UnixEpoch.AddDays(1), (await table.ReadRow(grain, "wake"))?.StartAt);
        Assert.True(await table.RemoveRow(grain, "wake", second!));
        Assert.False(await table.RemoveRow(grain, "wake", second!));
        Assert.Equal(["other"], (await table.ReadRows(grain)).Reminders.Select(reminder => reminder.ReminderName));
    }

    [Theory]
    [InlineData(0x00000000u, 0x80000000u)]
    [InlineData(0x80000000u, 0x00000000u)]
    [InlineData(0x40000000u, 0xC0000000u)]
    [InlineData(0xC0000000u, 0x40000000u)]
    [InlineData(0x10000000u, 0x70000000u)]
    [InlineData(0x70000000u, 0x10000000u)]
    [InlineData(0x90000000u, 0xF0000000u)]
    [InlineData(0x12345678u, 0x12345678u)]
    public async Task A_silo_reads_the_reminders_of_its_range_of_the_ring_and_no_others(uint begin, uint end)
    {
        GrainId[] grains = [.. Enumerable.Range(0, 40).Select(_ => NewGrain())];
        foreach (var grain in grains)
            await database.Silo.Reminders.UpsertRow(Reminder(grain, "wake", DateTime.UnixEpoch));

        var read = (await database.Silo.Reminders.ReadRows(begin, end)).Reminders.Select(reminder => reminder.GrainId).ToHashSet();

        Assert.Equal(grains.Where(grain => IsWithin(grain.GetUniformHashCode())), grains.Where(read.Contains));

        bool IsWithin(uint hash) => begin < end ? hash > begin && hash <= end : hash > begin || hash <= end;
    }

    [Fact]
    public async Task The_ends_of_a_range_belong_to_the_silo_before_them()
    {
        var grain = NewGrain();
        var hash = grain.GetUniformHashCode();
        await database.Silo.Reminders.UpsertRow(Reminder(grain, "wake", DateTime.UnixEpoch));

        Assert.Contains((await database.Silo.Reminders.ReadRows(unchecked(hash - 1), hash)).Reminders, found => found.GrainId == grain);
        Assert.DoesNotContain(
            (await database.Silo.Reminders.ReadRows(hash, unchecked(hash + 1))).Reminders, found => found.GrainId == grain);
    }

    private static GrainId NewGrain() =>
        GrainId.Create("note", $"key_{System.Security.Cryptography.RandomNumberGenerator.GetHexString(16, lowercase: true)}");

    private static ReminderEntry Reminder(GrainId grain, string name, DateTime startAt) =>
        new() { GrainId = grain, ReminderName = name, StartAt = startAt, Period = Period };

    private async Task<GrainState<Note>> ReadAsync(GrainId grain)
    {
        var state = new GrainState<Note>(new());
        await database.Silo.Storage.ReadStateAsync("note", grain, state);
        return state;
    }

    private Task<GrainState<Note>> WriteAsync(GrainId grain, string text) => WriteAsync(grain, new(), text);

    private async Task<GrainState<Note>> WriteAsync(GrainId grain, GrainState<Note> state, string text)
    {
        state.State = new() { Text = text };
        await database.Silo.Storage.WriteStateAsync("note", grain, state);
        return state;
    }

    private async Task<bool> TryWriteAsync(GrainId grain, GrainState<Note> state, string text)
    {
        try
        {
            await WriteAsync(grain, state, text);
            return true;
        }
        catch (InconsistentStateException)
        {
            return false;
        }
    }

    private Task ClearAsync(GrainId grain, GrainState<Note> state) => database.Silo.Storage.ClearStateAsync("note", grain, state);

    private sealed class Note
    {
        public string Text { get; set; } = "";
    }
}
