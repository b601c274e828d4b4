package dev.agentflags.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.agentflags.document.DocumentReader;
import dev.agentflags.model.Flag;
import dev.agentflags.model.FlagValue.Structure;
import dev.agentflags.model.FlagValue.Text;
import java.io.IOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every store must do. A store's test extends this, says how a store is opened and broken, and adds what is its own. */
@Timeout(120)
public abstract class DocumentStoreContract {

    /** What there is at the beginning of each test. */
    protected static final String DOCUMENT = """
            {"version": 1, "lineage": "test", "serial": 1, "flags": {
              "agent": {"status": "on", "description": "größer ist „besser“ 🙂"}
            }}
            """;

    private static final int WRITERS = 8;
    private static final int CHANGES = 100;

    /** The store to be tested. */
    protected DocumentStore store;

    /** Returns a store that holds this document and an empty audit trail. */
    protected abstract DocumentStore newStore(String document) throws Exception;

    /** Returns the same store as another process would open it. */
    protected abstract DocumentStore openAgain() throws Exception;

    /** Makes it impossible to add to the audit trail. */
    protected abstract void breakAudit() throws Exception;

    /** Makes it impossible to read the document. */
    protected abstract void breakStore() throws Exception;

    @BeforeEach
    void makeStore() throws Exception {
        store = newStore(DOCUMENT);
    }

    @Test
    protected void loads_the_document_as_it_is_written() throws Exception {
        assertThat(store.load().text()).isEqualTo(DOCUMENT);
        assertThat(store.audit()).isEmpty();
    }

    @Test
    protected void replaces_the_document_that_was_expected() throws Exception {
        Stored before = store.load();
        String text = DOCUMENT.replace("\"on\"", "\"off\"");
        Stored after = store.replace(before, text, entry("put", 2));

        assertThat(after).isEqualTo(openAgain().load());
        assertThat(Objects.requireNonNull(after).text()).isEqualTo(text);
        assertThat(after.version()).isNotEqualTo(before.version());
    }

    @Test
    protected void changes_nothing_where_somebody_else_was_first() throws Exception {
        Stored before = store.load();
        Stored other = openAgain().replace(before, DOCUMENT + " ", entry("put", 2));

        assertThat(store.replace(before, DOCUMENT + "  ", entry("remove", 2))).isNull();
        assertThat(store.load()).isEqualTo(other);
        assertThat(store.audit()).containsExactly(entry("put", 2));
    }

    @Test
    protected void keeps_the_audit_trail_in_order_and_whole() throws Exception {
        List<AuditEntry> entries = new ArrayList<>();
        Stored stored = store.load();
        for (int serial = 2; serial < 12; serial++) {
            AuditEntry entry = entry(serial % 2 == 0 ? "kill" : "put", serial);
            entries.add(entry);
            stored = Objects.requireNonNull(store.replace(stored, DOCUMENT + " ".repeat(serial), entry));
        }

        assertThat(openAgain().audit()).isEqualTo(entries);
    }

    @Test
    protected void records_what_changed_nothing_beside_what_did() throws Exception {
        Stored before = store.load();
        store.record(entry("refused", 1));
        Stored after = store.replace(before, DOCUMENT + " ", entry("put", 2));
        store.record(entry("refused", 2));

        assertThat(openAgain().load()).isEqualTo(after);
        assertThat(store.audit()).containsExactly(entry("refused", 1), entry("put", 2), entry("refused", 2));
    }

    @Test
    protected void kills_although_the_audit_trail_cannot_be_written() throws Exception {
        breakAudit();
        Outcome outcome = admin(store).kill("agent", "must get through");

        assertThat(outcome.changed()).isTrue();
        assertThat(openAgain().load().text()).contains("must get through");
    }

    @Test
    protected void does_nothing_else_where_the_audit_trail_cannot_be_written() throws Exception {
        breakAudit();

        assertThatThrownBy(() -> store.replace(store.load(), DOCUMENT + " ", entry("put", 2)))
                .isInstanceOf(IOException.class);
        assertThat(openAgain().load().text()).isEqualTo(DOCUMENT);
    }

    @Test
    protected void says_so_where_the_document_cannot_be_read_or_written() throws Exception {
        Stored before = store.load();
        breakStore();

        assertThatThrownBy(store::load).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> store.replace(before, DOCUMENT + " ", entry("kill", 2)))
                .isInstanceOf(IOException.class);
    }

    @Test
    protected void loses_and_doubles_no_change_of_many_writers_and_lets_a_kill_through() throws Exception {
        ExecutorService writers = Executors.newFixedThreadPool(WRITERS + 1);
        List<Future<?>> all = new ArrayList<>();
        for (int writer = 0; writer < WRITERS; writer++) {
            int number = writer;
            DocumentStore own = openAgain();
            all.add(writers.submit(() -> write(own, number)));
        }
        DocumentStore killer = openAgain();
        all.add(writers.submit(() -> admin(killer).kill("agent", "among many")));
        for (Future<?> writer : all) {
            writer.get(2, TimeUnit.MINUTES);
        }
        writers.shutdown();

        long last = 1 + WRITERS * CHANGES + 1;
        var ruleset = DocumentReader.read(store.load().text()).ruleset();
        assertThat(ruleset.serial()).isEqualTo(last);
        assertThat(ruleset.flags().values())
                .filteredOn(flag -> ((Flag) flag).about().description().equals("change " + (CHANGES - 1)))
                .hasSize(WRITERS);
        assertThat(store.audit())
                .extracting(AuditEntry::serial)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(2, last).boxed().toList());
        assertThat(store.audit())
                .extracting(AuditEntry::flag, AuditEntry::after)
                .doesNotHaveDuplicates();
    }

    private static @Nullable Void write(DocumentStore store, int writer) throws AdminException {
        for (int change = 0; change < CHANGES; change++) {
            var flag = new Structure(Map.of("status", new Text("off"), "description", new Text("change " + change)));
            admin(store).apply(new Operation.Put("flag-" + writer, flag, "one of many"), null);
        }
        return null;
    }

    private static StoreAdmin admin(DocumentStore store) {
        return new StoreAdmin(store, "tester", Clock.systemUTC());
    }

    /** Returns an entry that tells of a change. */
    protected static AuditEntry entry(String operation, long serial) {
        return new AuditEntry(
                Instant.ofEpochMilli(1_764_000_000_000L + serial),
                "alice \"the\" on-caller",
                operation,
                "agent",
                "because\nof 🙂",
                new Structure(Map.of("status", new Text("on"))),
                null,
                serial);
    }
}
