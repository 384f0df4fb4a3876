package io.acmpintune.engine.audit;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static io.acmpintune.runtime.database.Columns.instant;
import static io.acmpintune.runtime.database.Parameters.texts;
import static io.acmpintune.runtime.database.Parameters.timestamp;
import static io.acmpintune.runtime.database.Parameters.timestamps;

/** The tables {@code audit_entry} and {@code audit_head}. */
@Repository
class AuditRepository {

    private static final int PER_STATEMENT = 1_000;

    private final JdbcClient jdbc;
    private final JsonMapper json;

    AuditRepository(JdbcClient jdbc, JsonMapper json) {
        this.jdbc = jdbc;
        this.json = json;
    }

    /** The end of the chain: the number of entries, which is the last entry's number, and the last hash. */
    record Head(long count, String hash) {}

    /** Locks the head until the transaction ends, so that numbers have no gaps and commit in order. */
    Head lockHead() {
        return head("for update");
    }

    Head head() {
        return head("");
    }

    private Head head(String lock) {
        return jdbc.sql("select count, encode(hash, 'hex') from audit_head " + lock)
                .query((row, _) -> new Head(row.getLong(1), row.getString(2)))
                .single();
    }

    void moveHead(Head head) {
        jdbc.sql("update audit_head set count = :count, hash = decode(:hash, 'hex')")
                .param("count", head.count())
                .param("hash", head.hash())
                .update();
    }

    void append(List<AuditEntry> entries) {
        for (int from = 0; from < entries.size(); from += PER_STATEMENT) {
            insert(entries.subList(from, Math.min(from + PER_STATEMENT, entries.size())));
        }
    }

    private void insert(List<AuditEntry> entries) {
        jdbc.sql("""
                insert into audit_entry (seq, at, actor, on_behalf_of, event, workflow, target_kind, target_id,
                    correlation, before, after, reason, previous_hash, hash)
                select seq, at, actor, on_behalf_of, event, workflow, target_kind, target_id,
                    correlation::jsonb, before::jsonb, after::jsonb, reason, decode(previous_hash, 'hex'),
                    decode(hash, 'hex')
                from unnest(:seqs, :ats, :actors, :behalves, :events, :workflows, :kinds, :targets, :correlations,
                    :befores, :afters, :reasons, :previous, :hashes)
                    as new (seq, at, actor, on_behalf_of, event, workflow, target_kind, target_id, correlation, before,
                        after, reason, previous_hash, hash)
                """)
                .param("seqs", entries.stream().map(AuditEntry::seq).toArray(Long[]::new))
                .param("ats", timestamps(entries, AuditEntry::at))
                .param("actors", texts(entries, AuditEntry::actor))
                .param("behalves", texts(entries, AuditEntry::onBehalfOf))
                .param("events", texts(entries, AuditEntry::event))
                .param("workflows", texts(entries, AuditEntry::workflow))
                .param("kinds", texts(entries, AuditEntry::targetKind))
                .param("targets", texts(entries, AuditEntry::targetId))
                .param("correlations", texts(entries, entry -> json.writeValueAsString(entry.correlation())))
                .param("befores", texts(entries, entry -> write(entry.before())))
                .param("afters", texts(entries, entry -> write(entry.after())))
                .param("reasons", texts(entries, AuditEntry::reason))
                .param("previous", texts(entries, AuditEntry::previousHash))
                .param("hashes", texts(entries, AuditEntry::hash))
                .update();
    }

    /** Returns matching entries after a number, oldest first. */
    List<AuditEntry> page(AuditFilter filter, long after, int limit) {
        return matching("seq > :position", "seq", filter, after, limit);
    }

    /** Returns matching entries before a number, newest first. */
    List<AuditEntry> newest(AuditFilter filter, long before, int limit) {
        return matching("seq < :position", "seq desc", filter, before, limit);
    }

    private List<AuditEntry> matching(String range, String order, AuditFilter filter, long position, int limit) {
        return jdbc.sql("select * from audit_entry where " + range + """
                     and (:from::timestamptz is null or at >= :from)
                    and (:to::timestamptz is null or at < :to) and (:actor::text is null or actor = :actor)
                    and (:event::text is null or event = :event)
                    and (:target::text is null or target_id = :target
                        or correlation @> jsonb_build_object('job', :target::text)
                        or correlation @> jsonb_build_object('client', :target::text)
                        or correlation @> jsonb_build_object('device', :target::text)
                        or correlation @> jsonb_build_object('action', :target::text)
                        or correlation @> jsonb_build_object('intuneRequest', :target::text))
                order by\s""" + order + " limit :limit")
                .param("position", position)
                .param("from", timestamp(filter.from()))
                .param("to", timestamp(filter.to()))
                .param("actor", filter.actor(), Types.VARCHAR)
                .param("event", filter.event() == null ? null : filter.event().name(), Types.VARCHAR)
                .param("target", filter.target(), Types.VARCHAR)
                .param("limit", limit)
                .query((row, _) -> entry(row))
                .list();
    }

    Optional<AuditEntry> find(long seq) {
        return jdbc.sql("select * from audit_entry where seq = :seq order by at limit 1")
                .param("seq", seq)
                .query((row, _) -> entry(row))
                .optional();
    }

    /**
     * Passes every row to the consumer in order of the numbers, including rows that should not exist. Within a transaction the
     * rows are fetched in portions.
     */
    void forEachStored(Consumer<AuditEntry> consumer) {
        jdbc.sql("select * from audit_entry order by seq, at")
                .withFetchSize(PER_STATEMENT)
                .query(row -> {
                    consumer.accept(entry(row));
                });
    }

    /** Returns the values after the newest entry of this event type. */
    Optional<Map<String, String>> lastAfter(AuditEventType event) {
        return jdbc.sql("select after from audit_entry where event = :event order by seq desc limit 1")
                .param("event", event.name())
                .query((row, _) -> readTexts(row.getString(1)))
                .optional();
    }

    private AuditEntry entry(ResultSet row) throws SQLException {
        return new AuditEntry(row.getLong("seq"), instant(row, "at"), row.getString("actor"),
                row.getString("on_behalf_of"), row.getString("event"), row.getString("workflow"),
                row.getString("target_kind"), row.getString("target_id"),
                readTexts(row.getString("correlation")), read(row.getString("before")),
                read(row.getString("after")), row.getString("reason"), hex(row.getBytes("previous_hash")),
                hex(row.getBytes("hash")));
    }

    private @Nullable Map<String, String> read(@Nullable String texts) {
        return texts == null ? null : readTexts(texts);
    }

    /** Returns other JSON than a map of texts unparsed: the service did not write it, and no hash will match. */
    private Map<String, String> readTexts(String stored) {
        Map<String, String> texts = new TreeMap<>();
        JsonNode node = json.readTree(stored);
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            if (!property.getValue().isString()) {
                return Map.of("", stored);
            }
            texts.put(property.getKey(), property.getValue().stringValue());
        }
        return node.isObject() ? texts : Map.of("", stored);
    }

    private @Nullable String write(@Nullable Map<String, String> texts) {
        return texts == null ? null : json.writeValueAsString(texts);
    }

    private static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }
}
