package io.acmpintune.engine.web;

import java.util.List;

import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

import io.acmpintune.engine.safety.Locks;
import io.acmpintune.engine.safety.WorkflowLock;
import io.acmpintune.runtime.access.Identity;

/** Workflows that are locked since a cap was reached. */
@RestController
class LockController {

    private final Locks locks;

    LockController(Locks locks) {
        this.locks = locks;
    }

    @GetMapping("/api/v1/locks")
    List<WorkflowLock> locks() {
        return locks.all();
    }

    /** Asks for the release of a workflow; the same call by a second person within an hour confirms it. */
    @PostMapping("/api/v1/locks/{workflow}/release")
    WorkflowLock release(@PathVariable String workflow, Identity caller) {
        return locks.release(workflow, caller);
    }
}
