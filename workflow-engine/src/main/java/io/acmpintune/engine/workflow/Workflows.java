package io.acmpintune.engine.workflow;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.jspecify.annotations.Nullable;

import io.acmpintune.runtime.problem.ProblemException;
import io.acmpintune.runtime.startup.ConfigurationFaults;
import io.acmpintune.runtime.startup.InvalidConfigurationException;

/** The workflows of this service, by name. */
public final class Workflows {

    private final Map<String, Workflow> byName;

    private Workflows(Map<String, Workflow> byName) {
        this.byName = byName;
    }

    /**
     * Reads the workflows of the configuration.
     *
     * @throws InvalidConfigurationException with every fault found
     */
    public static Workflows read(AcmpProperties properties) {
        ConfigurationFaults faults = ConfigurationFaults.of("acmp", properties);
        WorkflowReader reader = new WorkflowReader(properties.servers());
        properties.workflows().forEach((name, workflow) -> reader.check(name, workflow, faults));
        faults.throwIfAny();
        Map<String, Workflow> byName = new LinkedHashMap<>();
        properties.workflows().forEach((name, workflow) -> byName.put(name, reader.read(name, workflow)));
        return new Workflows(byName);
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

    /** Returns what is shown of personally owned devices; nothing where the workflow is not configured any more. */
    public PersonalDataPolicy personalData(String workflow) {
        return find(workflow).map(Workflow::personalData).orElse(PersonalDataPolicy.STRICT);
    }

    public List<String> names() {
        return List.copyOf(byName.keySet());
    }
}
