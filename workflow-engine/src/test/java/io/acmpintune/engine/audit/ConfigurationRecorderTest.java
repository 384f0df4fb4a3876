package io.acmpintune.engine.audit;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessException;
import tools.jackson.databind.json.JsonMapper;

import io.acmpintune.engine.fixture.EngineDatabase;
import io.acmpintune.runtime.fixture.TestClock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ConfigurationRecorderTest {

    private final EngineDatabase database = EngineDatabase.empty();
    private final AuditRepository repository = new AuditRepository(database.jdbc(), JsonMapper.shared());

    @BeforeEach
    void noEntries() {
        database.jdbc().sql("alter table audit_entry disable trigger user").update();
        database.jdbc().sql("truncate audit_entry").update();
        database.jdbc().sql("alter table audit_entry enable trigger user").update();
        database.jdbc().sql("update audit_head set count = 0, hash = decode(repeat('00', 32), 'hex')").update();
    }

    @Test
    void onlyAConfigurationThatIsNotTheLastIsRecordedWithWhatItWasBefore() {
        start(Map.of("a", "1", "b", "2"));
        start(Map.of("b", "2", "a", "1"));
        start(Map.of("a", "1", "c", "3"));
        start(Map.of("a", "1", "b", "2"));

        List<AuditEntry> entries = repository.page(AuditFilter.ALL, 0, 10);
        assertThat(entries).extracting(AuditEntry::event).containsOnly("CONFIGURATION_CHANGED").hasSize(3);
        assertThat(entries.get(0).before()).isNull();
        assertThat(entries.get(1).before()).isEqualTo(Map.of("a", "1", "b", "2"));
        assertThat(entries.get(1).after()).isEqualTo(Map.of("a", "1", "c", "3"));
        assertThat(entries.get(2).after()).isEqualTo(Map.of("a", "1", "b", "2"));
    }

    @Test
    void aStartThatCannotRecordItsConfigurationFails() {
        database.jdbc().sql("alter table audit_entry add constraint broken check (seq < 1)").update();
        try {
            assertThatThrownBy(() -> start(Map.of("a", "1"))).isInstanceOf(DataAccessException.class);
        } finally {
            database.jdbc().sql("alter table audit_entry drop constraint broken").update();
        }
    }

    private void start(Map<String, String> values) {
        new ConfigurationRecorder(new Audit(repository, List.of(), TestClock.fixed()), repository,
                database.transactions(),
                List.of(() -> new TreeMap<>(values), TreeMap::new)).afterPropertiesSet();
    }
}
