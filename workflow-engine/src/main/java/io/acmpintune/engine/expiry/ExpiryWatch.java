package io.acmpintune.engine.expiry;

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

/** The lane of one workflow that asks when its connector's credentials expire, and tells of each stage that comes nearer, once. */
final class ExpiryWatch {

    static final Duration BETWEEN_LOOKS = Duration.ofHours(1);
    /** Where the connector does not answer; that it does not is told elsewhere. */
    static final Duration SOONER = Duration.ofMinutes(1);

    private static final Logger log = LoggerFactory.getLogger(ExpiryWatch.class);

    private final Workflow workflow;
    private final ConnectorApi connector;
    private final CredentialExpiries expiries;
    private final Webhooks webhooks;

    ExpiryWatch(Workflow workflow, ConnectorApi connector, CredentialExpiries expiries, Webhooks webhooks) {
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
            log.debug("{}: no credentials told of", workflow.name(), e);
            return SOONER;
        }
        lane.write(() -> {
            for (ExpiringCredential credential : credentials) {
                tell(credential);
            }
            expiries.note(workflow.name(), workflow.connector(), credentials);
        });
        return BETWEEN_LOOKS;
    }

    private void tell(ExpiringCredential credential) {
        if (credential.expiresAt() != null && credential.stage()
                .isNearerThan(expiries.told(workflow.name(), credential.use(), credential.expiresAt()))) {
            webhooks.enqueue(new WebhookEvent.CredentialExpiring(workflow.name(), workflow.connector(),
                    credential.use(), credential.expiresAt()));
        }
    }
}
