package io.acmpintune.engine.inventory;

import io.acmpintune.engine.workflow.Workflow;

/** Notified after clients have changed. */
public interface ClientChangeListener {

    /** Called after clients of a workflow were stored. */
    void clientsChanged(Workflow workflow);
}
