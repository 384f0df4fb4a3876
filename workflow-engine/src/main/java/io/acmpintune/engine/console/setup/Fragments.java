package io.acmpintune.engine.console.setup;

import java.util.ArrayList;
import java.util.List;

import io.acmpintune.engine.workflow.Workflow;

/**
 * Generated parts of both services' {@code application.yml}. Secrets are placeholders with the names of secret files. Pure.
 */
record Fragments(String connectorService, String workflowEngine) {

    static Fragments of(SetUpState state, Workflow workflow) {
        return new Fragments(connector(state), engine(state, workflow));
    }

    private static String connector(SetUpState state) {
        List<String> lines = new ArrayList<>();
        lines.add("intune:");
        lines.add("  connectors:");
        lines.add("    " + state.value("connector") + ":");
        lines.add("      tenant-id: " + state.value("tenant"));
        lines.add("      client-id: " + state.value("client"));
        if (state.byCertificate()) {
            lines.add("      authentication: certificate");
            lines.add("      certificate: file:/app/certificate.pfx");
            lines.add("      certificate-password: ${intune-certificate-password}");
        } else {
            lines.add("      authentication: client-secret");
            lines.add("      client-secret: ${intune-client-secret}");
        }
        lines.add("      cloud: " + state.value("cloud"));
        if (state.isCustomCloud()) {
            lines.add("      login-endpoint: " + state.value("login"));
            lines.add("      graph-endpoint: " + state.value("graph"));
        }
        if (!state.value("bundle").isEmpty()) {
            lines.add("      ssl-bundle: " + quoted(state.value("bundle")));
        }
        lines.add("      scanner:");
        lines.add("        incremental-interval: " + state.value("incremental"));
        lines.add("        full-interval: " + state.value("full"));
        return text(lines);
    }

    private static String engine(SetUpState state, Workflow workflow) {
        List<String> lines = new ArrayList<>();
        lines.add("acmp:");
        lines.add("  workflows:");
        lines.add("    " + state.value("name") + ":");
        lines.add("      connector: " + state.value("connector"));
        lines.add("      connector-url: " + workflow.connectorUrl());
        lines.add("      connector-tokens:");
        for (String use : List.of("reading", "acting", "stopping", "lifting")) {
            lines.add("        " + use + ": ${connector-" + use + "-token}");
        }
        lines.add("      acmp-server-id: " + quoted(state.value("server")));
        lines.add("      ondemand-definition: " + quoted(state.value("definition")));
        lines.add("      apply: " + state.value("apply"));
        return text(lines);
    }

    /** Quotes a text for YAML, and escapes Spring's placeholders. */
    private static String quoted(String text) {
        return '"' + text.replace("\\", "\\\\").replace("\"", "\\\"").replace("${", "$\\u007b") + '"';
    }

    private static String text(List<String> lines) {
        return String.join("\n", lines) + "\n";
    }
}
