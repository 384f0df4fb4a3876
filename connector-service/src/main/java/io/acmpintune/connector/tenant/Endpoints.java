package io.acmpintune.connector.tenant;

import java.net.URI;

/**
 * Addresses of a Microsoft cloud.
 *
 * @param login Entra, without tenant and trailing slash
 * @param graph Microsoft Graph, without version and trailing slash
 */
public record Endpoints(URI login, URI graph) {}
