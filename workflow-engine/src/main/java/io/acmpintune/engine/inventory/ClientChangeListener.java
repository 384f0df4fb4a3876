package io.acmpintune.engine.inventory;

import io.acmpintune.engine.workflow.Workflow;

/** Told after something was stored that ACMP should know. */
public interface ClientChangeListener {

    /** Clients of this workflow are not what they were before. */
    void clientsChanged(Workflow workflow);
}
