package io.acmpintune.engine.inventory;

import java.util.function.Supplier;

import io.acmpintune.engine.mapping.Mapping;
import io.acmpintune.engine.matching.MatchingRules;
import io.acmpintune.engine.workflow.Workflow;

/** A workflow with its matching rules and its mapping. */
record WorkflowInventory(Workflow workflow, MatchingRules rules, Supplier<Mapping> current) {

    /** Returns the current mapping; its file may be replaced at any time. */
    Mapping mapping() {
        return current.get();
    }

    String name() {
        return workflow.name();
    }
}
