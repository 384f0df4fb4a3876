package io.acmpintune.engine.console.overview;

import java.util.List;

import org.springframework.stereotype.Component;

import io.acmpintune.engine.alert.CredentialExpiries;
import io.acmpintune.engine.alert.ReportedCredential;
import io.acmpintune.engine.job.Jobs;
import io.acmpintune.engine.safety.Approvals;
import io.acmpintune.engine.safety.Locks;
import io.acmpintune.engine.safety.WorkflowLock;

/** Finds what waits for an administrator, apart from the status of workflows. */
@Component
class OpenTasks {

    private final CredentialExpiries credentials;
    private final Approvals approvals;
    private final Locks locks;
    private final Jobs jobs;

    OpenTasks(CredentialExpiries credentials, Approvals approvals, Locks locks, Jobs jobs) {
        this.credentials = credentials;
        this.approvals = approvals;
        this.locks = locks;
        this.jobs = jobs;
    }

    /**
     * The open tasks.
     *
     * @param expiring credentials, the soonest expiry first
     * @param locked workflows whose caps were exceeded
     * @param approvals number of pending requests for approval
     * @param undecided number of devices whose action has an unknown outcome that has to be decided
     */
    record Tasks(List<ReportedCredential> expiring, List<String> locked, int approvals, int undecided) {

        Tasks {
            expiring = List.copyOf(expiring);
            locked = List.copyOf(locked);
        }
    }

    Tasks find() {
        return new Tasks(credentials.expiringSoon(), locks.all().stream().map(WorkflowLock::workflow).toList(),
                approvals.waiting(), jobs.undecided());
    }
}
