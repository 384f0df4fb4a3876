package io.acmpintune.engine.workflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.acmpintune.runtime.problem.ProblemException;
import io.acmpintune.runtime.startup.WrongConfiguration;

/** The workflows of this service, by name. */
public final class Workflows {

    private final Map<String, Workflow> byName;

    private Workflows(Map<String, Workflow> byName) {
        this.byName = byName;
    }

    /**
     * Makes workflows of the configuration.
     *
     * @throws WrongConfiguration with every fault found
     */
    public static Workflows read(AcmpProperties properties) {
        WorkflowReader reader = new WorkflowReader(properties.servers());
        Map<String, Workflow> read = new LinkedHashMap<>();
        if (properties.workflows().isEmpty()) {
            reader.fault("acmp.workflows", "no workflow is configured",
                    "Name at least one, such as IntuneMobileDevices_1, with connector, connector-url and connector-token");
        }
        properties.workflows().forEach((name, of) -> reader.read(name, of).ifPresent(found -> read.put(name, found)));
        if (!reader.faults().isEmpty()) {
            throw new WrongConfiguration(reader.faults());
        }
        return new Workflows(read);
    }

    public Optional<Workflow> find(String name) {
        return Optional.ofNullable(byName.get(name));
    }

    /**
     * Returns the workflow that a request names.
     *
     * @throws ProblemException 404 for one that is not configured
     */
    public Workflow require(String name) {
        return find(name).orElseThrow(() -> UnknownWorkflow.among(names()));
    }

    /** As {@link #require}; a request need not name the only workflow. */
    public Workflow requireOrOnly(@Nullable String name) {
        return name == null && byName.size() == 1 ? all().getFirst() : require(name == null ? "" : name);
    }

    public List<Workflow> all() {
        return List.copyOf(byName.values());
    }

    public List<String> names() {
        return List.copyOf(byName.keySet());
    }
}
