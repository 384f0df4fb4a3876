package io.acmpintune.engine.alert;

import java.time.Duration;
import java.util.List;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.web.client.RestClientException;

import io.acmpintune.engine.webhook.WebhookEvent;
import io.acmpintune.engine.webhook.Webhooks;
import io.acmpintune.engine.workflow.Workflow;
import io.acmpintune.model.ConnectorApi;
import io.acmpintune.model.ExpiringCredential;
import io.acmpintune.runtime.lane.LaneRun;

/** Watches the credentials of a workflow's connector and notifies webhooks once at each stage before they expire. */
final class CredentialWatch {

    static final Duration INTERVAL = Duration.ofHours(1);
    /** When the connector did not answer, which {@link OutageWatch} reports. */
    static final Duration RETRY_INTERVAL = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(CredentialWatch.class);

    private final Workflow workflow;
    private final ConnectorApi connector;
    private final CredentialExpiries expiries;
    private final Webhooks webhooks;

    CredentialWatch(Workflow workflow, ConnectorApi connector, CredentialExpiries expiries, Webhooks webhooks) {
        this.workflow = workflow;
        this.connector = connector;
        this.expiries = expiries;
        this.webhooks = webhooks;
    }

    Duration run(LaneRun lane) {
        List<ExpiringCredential> credentials;
        try {
            credentials = connector.credentials(workflow.connector());
        } catch (RestClientException e) {
            log.debug("Credentials are unknown (workflow={}, connector={})", workflow.name(), workflow.connector(), e);
            return RETRY_INTERVAL;
        }
        lane.write(() -> {
            for (ExpiringCredential credential : credentials) {
                notify(credential);
            }
            expiries.replace(workflow.name(), workflow.connector(), credentials);
        });
        return INTERVAL;
    }

    private void notify(ExpiringCredential credential) {
        if (credential.expiresAt() != null && credential.stage()
                .isNearerThan(expiries.stage(workflow.name(), credential.use(), credential.expiresAt()))) {
            webhooks.enqueue(new WebhookEvent.CredentialExpiring(workflow.name(), workflow.connector(),
                    credential.use(), credential.expiresAt()));
        }
    }
}
