package io.acmpintune.engine.inventory;

import java.util.function.Supplier;

import io.acmpintune.engine.mapping.Mapping;
import io.acmpintune.engine.matching.MatchingRules;
import io.acmpintune.engine.workflow.Workflow;

/** A workflow with what makes clients of its devices: which client each one is, and what ACMP gets to know. */
record WorkflowInventory(Workflow workflow, MatchingRules rules, Supplier<Mapping> current) {

    /** The mapping as it is now; its file may be replaced at any time. */
    Mapping mapping() {
        return current.get();
    }

    String name() {
        return workflow.name();
    }
}
