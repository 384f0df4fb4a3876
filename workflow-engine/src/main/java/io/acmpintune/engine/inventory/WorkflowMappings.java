package io.acmpintune.engine.inventory;

import io.acmpintune.engine.mapping.Mapping;

/** The current mapping of each workflow. */
public interface WorkflowMappings {

    /**
     * Returns the current mapping of a workflow.
     *
     * @param workflow a configured workflow's name
     */
    Mapping of(String workflow);
}
