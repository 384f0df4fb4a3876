package io.acmpintune.engine.inventory;

import java.util.List;
import java.util.concurrent.TimeUnit;

import org.springframework.scheduling.annotation.Scheduled;

import io.acmpintune.engine.mapping.MappingSource;

/** Checks every ten seconds whether a mapping file has been replaced. Each process has files of its own. */
class MappingRefresh {

    private final List<MappingSource> sources;

    MappingRefresh(List<MappingSource> sources) {
        this.sources = List.copyOf(sources);
    }

    @Scheduled(fixedDelay = 10, timeUnit = TimeUnit.SECONDS)
    void refresh() {
        sources.forEach(MappingSource::refresh);
    }
}
