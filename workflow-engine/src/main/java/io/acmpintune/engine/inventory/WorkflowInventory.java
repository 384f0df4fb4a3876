package io.acmpintune.engine.inventory;

import io.acmpintune.engine.mapping.Mapping;
import io.acmpintune.engine.matching.MatchingRules;
import io.acmpintune.engine.workflow.Workflow;

/** A workflow with what makes clients of its devices: which client each one is, and what ACMP gets to know. */
record WorkflowInventory(Workflow workflow, MatchingRules rules, Mapping mapping) {

    String name() {
        return workflow.name();
    }
}
