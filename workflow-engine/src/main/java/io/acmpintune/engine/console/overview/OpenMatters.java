package io.acmpintune.engine.console.overview;

import java.util.List;

import org.springframework.stereotype.Component;

import io.acmpintune.engine.alert.CredentialExpiries;
import io.acmpintune.engine.alert.ReportedCredential;
import io.acmpintune.engine.job.Jobs;
import io.acmpintune.engine.safety.Approvals;
import io.acmpintune.engine.safety.Locks;
import io.acmpintune.engine.safety.WorkflowLock;

/** What waits for a person beside how workflows fare. */
@Component
class OpenMatters {

    private final CredentialExpiries credentials;
    private final Approvals approvals;
    private final Locks locks;
    private final Jobs jobs;

    OpenMatters(CredentialExpiries credentials, Approvals approvals, Locks locks, Jobs jobs) {
        this.credentials = credentials;
        this.approvals = approvals;
        this.locks = locks;
        this.jobs = jobs;
    }

    /**
     * What waits now.
     *
     * @param expiring the soonest first
     * @param locked workflows whose caps were exceeded
     * @param approvals how many requests for approval nobody has decided
     * @param undecided how many devices may or may not have been reached, which a person has to decide
     */
    record Found(List<ReportedCredential> expiring, List<String> locked, int approvals, int undecided) {

        Found {
            expiring = List.copyOf(expiring);
            locked = List.copyOf(locked);
        }
    }

    Found look() {
        return new Found(credentials.expiringSoon(), locks.all().stream().map(WorkflowLock::workflow).toList(),
                approvals.waiting(), jobs.undecided());
    }
}
